"""Draws lines of terminals as SVG. Colours follow the reader's light or dark theme."""
import re
from xml.sax.saxutils import escape

CELL, LINE, EDGE = 8.4, 18, 14
SEQUENCE = re.compile(r"\x1b\[([0-9;]*)m")
COLOURS = {31: "red", 32: "green", 33: "yellow", 34: "blue", 35: "magenta", 36: "cyan"}
STYLE = """
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328 }
.page { fill: #f6f8fa; stroke: #d0d7de }
.title { font-weight: 600; fill: #57606a } .bold { font-weight: 600 } .dim { fill: #57606a }
.red { fill: #cf222e } .green { fill: #116329 } .yellow { fill: #7d4e00 }
.blue { fill: #0550ae } .magenta { fill: #8250df } .cyan { fill: #1b6c85 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .page { fill: #0d1117; stroke: #30363d } .title, .dim { fill: #8d96a0 }
.red { fill: #ff7b72 } .green { fill: #56d364 } .yellow { fill: #e3b341 }
.blue { fill: #79c0ff } .magenta { fill: #d2a8ff } .cyan { fill: #76e3ea }
}
"""


class Pen:
    """The colour and weight that the sequences so far have set."""

    def __init__(self):
        self.colour, self.bold, self.dim = "", False, False

    def obey(self, numbers):
        for number in [int(each or 0) for each in numbers.split(";")]:
            if number == 0:
                self.__init__()
            elif number == 1:
                self.bold = True
            elif number == 2:
                self.dim = True
            elif number == 22:
                self.bold = self.dim = False
            elif number == 39:
                self.colour = ""
            elif number in COLOURS:
                self.colour = COLOURS[number]
            elif number != 49:
                raise ValueError(f"the pictures know no sequence {number}")

    def classes(self):
        return " ".join(each for each in ("bold" * self.bold, "dim" * self.dim, self.colour) if each)


def runs(line, pen):
    """Yields column, classes and text of what stands together on a line."""
    column = 0
    for number, part in enumerate(SEQUENCE.split(line)):
        if number % 2:
            pen.obey(part)
            continue
        # Each run has a place of its own: columns stay below one another in any font.
        for run in re.finditer(r"\S+(?: \S+)*", part):
            yield column + run.start(), pen.classes(), run.group()
        column += len(part)


def picture(title, panes):
    """Returns the SVG of terminals below one another: pairs of a heading, which may be empty, and lines."""
    width = 80 * CELL + 2 * EDGE
    top, texts = 0, []
    for heading, lines in panes:
        top += 6 if texts else 0
        height = (len(lines) + bool(heading)) * LINE + 1.4 * EDGE
        texts.append(f'<rect class="page" x="0.5" y="{top + 0.5}" width="{width - 1:g}" height="{height - 1:g}" rx="6"/>')
        y = top + EDGE / 2
        if heading:
            y += LINE
            texts.append(f'<text class="title" x="{EDGE}" y="{y:g}">{escape(heading)}</text>')
        pen = Pen()
        for line in lines:
            y += LINE
            for column, classes, text in runs(line, pen):
                attribute = f' class="{classes}"' if classes else ""
                place = f'x="{EDGE + column * CELL:.1f}" y="{y:g}" textLength="{len(text) * CELL:.1f}"'
                texts.append(f"<text{attribute} {place}>{escape(text)}</text>")
        top += height
    body = "\n".join(texts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {top:g}" role="img" aria-label="{escape(title)}">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n{body}\n</svg>\n")
