"""FASCODE: research dialogs about outfits, read, simulated, learned from and scored."""
