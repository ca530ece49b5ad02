"""Draw an archive as SVG: a bar for the papers of each month, and a line for the median of their votes."""

import statistics
import sys
from collections import defaultdict

from paperround.model import read

WIDTH, HEIGHT, SIDE, TOP, BOTTOM = 720, 300, 48, 40, 260

counts: dict[str, int] = defaultdict(int)
votes: dict[str, list[int]] = defaultdict(list)
for issue in read(sys.argv[1:], report=lambda said: print(said, file=sys.stderr)):
    month = f"{issue.date:%Y-%m}"
    counts[month] += len(issue.papers)
    votes[month] += [paper.votes for paper in issue.papers if paper.votes is not None]

months = list(counts) or sys.exit("no papers")
medians = {month: statistics.median(votes[month]) for month in months if votes[month]}
most, best = max(counts.values()), max(medians.values(), default=0) or 1
step = (WIDTH - 2 * SIDE) / len(months)
middles = {month: round(SIDE + step * (at + 0.5), 1) for at, month in enumerate(months)}
points = [(middles[month], round(BOTTOM - (BOTTOM - TOP) * median / best, 1)) for month, median in medians.items()]

print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">')
print(f"<title>{sum(counts.values())} papers, {months[0]} to {months[-1]}</title>")
print(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>')
print('<g font-size="12" text-anchor="middle">')
for month, count in counts.items():
    width, height = min(step * 0.7, 48), (BOTTOM - TOP) * count / most
    left, top = middles[month] - width / 2, BOTTOM - height
    print(f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#9dbfdc"/>')
for month in months[:: len(months) // 12 + 1]:
    print(f'<text x="{middles[month]}" y="{BOTTOM + 18}">{month}</text>')
print(f'<text x="{SIDE}" y="22" text-anchor="start" fill="#2b5c8a">papers a month, at most {most}</text>')
print(f'<text x="{WIDTH - SIDE}" y="22" text-anchor="end" fill="#a3460f">median of votes, at most {best:g}</text>')
print(f'<polyline points="{" ".join(f"{x},{y}" for x, y in points)}" fill="none" stroke="#a3460f"/>')
for x, y in points:
    print(f'<circle cx="{x}" cy="{y}" r="3" fill="#a3460f"/>')
print(f'</g>\n<path d="M{SIDE} {BOTTOM}H{WIDTH - SIDE}" stroke="#333"/>\n</svg>')
