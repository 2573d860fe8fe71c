"""From what the person wants and what the catalogue holds to whole outfits. Knows nothing of dialogs' text or of the app."""
