.PHONY: install app test lint eval catalogue
install:
	pip install -e '.[test]'
app:
	python app.py
test:
	pytest
lint:
	ruff check . && mypy
eval:
	python -m eval
catalogue:
	python -m stylist.garments --seed 0 --out assets/catalogue
