"""The frames that bare wishes are said in, and the words that join clauses, by language. Written by hand; `{}` takes the wish."""

JOINERS = {"en": (". ", ", ", " and ", " but ", "; ", " - ", "\n", ", also ", ". also ", " + ", ", oh and ", ", plus ", " "),
            "ko": (". ", ", ", " 그리고 ", "\n", " 근데 ", " ", "요. ", "! ")}  # fmt: skip
LEFT_OVER = {"en": ("and", "but", "also", "oh and", "plus", "so", "then", "with"), "ko": ("그리고", "근데", "또", "그럼", "참")}

REMARKS = {"en": ("is {}", "is {}", "is more {}", "are {}", "is {} instead", "it's {}", "is {} based", "is mostly {}", "looks {}", "is not so plain and is {}"), "ko": ("{}인 거", "더 {}인 걸로", "{} 쪽인 거")}  # fmt: skip
"""Remarks without a subject, as people say of what they are shown."""

REFUSALS = {"en": ("no {}", "no {}", "no {}", "not {}", "without {}", "zero {}", "nothing {}", "never {}", "{}: no", "hate {}", "skip {}", "minus the {}"),
                  "ko": ("{}은/는 빼고", "{} 말고", "{} 싫어", "{} 없이", "{} 안 돼요", "{} 노노", "{}은/는 싫어요", "{} 제외")}  # fmt: skip
"""What is not wanted, in no sentence."""

ANSWERS = {"en": ("{np}", "{nps}", "{nps} please", "{nps}!", "the {np}", "i'd say {nps}", "let's go with {nps}", "{nps} i think", "{nps} for sure",
                         "prob {nps}", "the {np} sounds good", "{nps} thanks"),
                  "ko": ("{np}", "{np}요", "{np}이요/요", "{np}으로/로요", "{np}으로/로 해주세요", "{np}이/가 좋겠어요", "{np}으로/로 추천해 주세요", "{np} 좋아요", "{np} 쪽이요", "{np}!")}  # fmt: skip
"""A garment named in answer to a question: `{np}` in the singular, `{nps}` in the plural."""
