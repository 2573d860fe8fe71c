"""The chat in the browser: boards, chips, theme. Holds no rule of fashion; everything it shows comes from a session."""
