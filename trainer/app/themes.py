"""The two looks of our own. Screens use variables only, so any other Textual theme works as well."""

from textual.theme import Theme

DARK = Theme(
    name="rep-dark",
    dark=True,
    primary="#7cb7f2",
    secondary="#9aa7b8",
    accent="#7cb7f2",
    success="#86cf98",
    warning="#e6bd6a",
    error="#f0917f",
    foreground="#dfe3ea",
    background="#14171c",
    surface="#1a1e25",
    panel="#242a33",
    variables={
        "text-muted": "#98a2b1",
        "block-cursor-background": "#242a33",
        "block-cursor-foreground": "#f2f5f9",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1a1e25",
        "footer-background": "#1a1e25",
        "footer-key-foreground": "#7cb7f2",
        "footer-description-foreground": "#98a2b1",
        "evidence": "#234434",
        "evidence-playing": "#2d4f78",
        "rule": "#2c333e",
        "scrollbar": "#2c333e",
        "scrollbar-hover": "#98a2b1",
        "scrollbar-active": "#7cb7f2",
        "scrollbar-background": "#14171c",
        "scrollbar-background-hover": "#14171c",
        "scrollbar-background-active": "#14171c",
        "scrollbar-corner-color": "#14171c",
    },
)

LIGHT = Theme(
    name="rep-light",
    dark=False,
    primary="#1c5fa8",
    secondary="#5b6675",
    accent="#1c5fa8",
    success="#21703a",
    warning="#855600",
    error="#b0382b",
    foreground="#22272e",
    background="#fcfbf8",
    surface="#f4f2ec",
    panel="#e8e5dc",
    variables={
        "text-muted": "#5d6672",
        "block-cursor-background": "#e8e5dc",
        "block-cursor-foreground": "#14181d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#f4f2ec",
        "footer-background": "#f4f2ec",
        "footer-key-foreground": "#1c5fa8",
        "footer-description-foreground": "#5d6672",
        "evidence": "#cfe8d4",
        "evidence-playing": "#c5dcf5",
        "rule": "#d9d5ca",
        "scrollbar": "#d9d5ca",
        "scrollbar-hover": "#5d6672",
        "scrollbar-active": "#1c5fa8",
        "scrollbar-background": "#fcfbf8",
        "scrollbar-background-hover": "#fcfbf8",
        "scrollbar-background-active": "#fcfbf8",
        "scrollbar-corner-color": "#fcfbf8",
    },
)

OURS = (DARK, LIGHT)


def own_variables(theme: Theme) -> dict[str, str]:
    """What a theme that knows nothing of this app lacks: evidence, evidence that is heard now, and lines."""
    colours = theme.to_color_system().generate()
    return {
        "evidence": colours["success-muted"],
        "evidence-playing": colours["primary-muted"],
        "rule": colours["panel"],
    }
