"""The look of the page: a quiet gallery wall, ink and bottle green. All fonts are the system's, so nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes.utils import colors, sizes

CSS = (Path(__file__).parent / "assets" / "page.css", Path(__file__).parent / "assets" / "looks.css")

_GREEN = colors.Color(
    "#f0f5f2",
    "#dfeae4",
    "#bfd5ca",
    "#93b8a6",
    "#5f937c",
    "#3a7459",
    "#285c46",
    "#1f4a39",
    "#193c2f",
    "#133025",
    "#0b1f17",
)
_STONE = colors.Color(
    "#fbfbf9",
    "#f3f3ef",
    "#e6e5df",
    "#d1cfc7",
    "#a3a097",
    "#757268",
    "#56534b",
    "#403e38",
    "#2a2925",
    "#1c1b19",
    "#121211",
)
SANS = (
    "ui-sans-serif",
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Helvetica Neue",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Noto Sans KR",
    "sans-serif",
)


class Editorial(gr.themes.Base):
    """Hairlines and square corners; light and dark."""

    def __init__(self) -> None:
        super().__init__(
            primary_hue=_GREEN,
            secondary_hue=_GREEN,
            neutral_hue=_STONE,
            radius_size=sizes.radius_sm,
            text_size=sizes.text_md,
            font=SANS,
            font_mono=("ui-monospace", "Consolas", "monospace"),
        )
        self.set(
            body_background_fill="*neutral_50",
            body_background_fill_dark="*neutral_950",
            body_text_color="*neutral_900",
            body_text_color_dark="*neutral_100",
            body_text_color_subdued="*neutral_600",
            body_text_color_subdued_dark="*neutral_400",
            background_fill_primary="white",
            background_fill_primary_dark="*neutral_900",
            block_background_fill="transparent",
            block_background_fill_dark="transparent",
            block_border_width="0px",
            block_border_width_dark="0px",
            block_label_text_color="*neutral_600",
            block_title_text_color="*neutral_600",
            block_title_text_color_dark="*neutral_400",
            block_title_text_size="*text_sm",
            block_shadow="none",
            block_shadow_dark="none",
            border_color_primary="*neutral_200",
            border_color_primary_dark="*neutral_800",
            border_color_accent="*primary_600",
            color_accent="*primary_700",
            color_accent_soft="*primary_100",
            color_accent_soft_dark="*primary_900",
            input_background_fill="white",
            input_background_fill_dark="*neutral_900",
            input_border_color="*neutral_300",
            input_border_color_dark="*neutral_700",
            input_border_color_focus="*primary_600",
            input_placeholder_color="*neutral_500",
            input_placeholder_color_dark="*neutral_400",
            input_border_width="1px",
            input_shadow="none",
            input_shadow_focus="none",
            button_primary_background_fill="*primary_700",
            button_primary_background_fill_hover="*primary_800",
            button_primary_background_fill_dark="*primary_600",
            button_primary_text_color="white",
            button_secondary_background_fill="transparent",
            button_secondary_background_fill_dark="transparent",
            button_secondary_border_color="*neutral_300",
            button_secondary_border_color_dark="*neutral_700",
            link_text_color="*primary_700",
            link_text_color_dark="*primary_300",
        )
