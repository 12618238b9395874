"""The kill matrix: scenario x line x mutant, as JSON, as a page, and in a few lines for the console."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from harness.proof.mutant import FINE, LineProof, Outcome, StoryProof, Trial

AGAIN = "runs tried again, unhurried"
STOPPED = "scenarios not judged: stopped by hand"
_MOST = 2_000
"""Characters of a failure: expected, seen and required, by which one that comes seldom can be understood later."""


def as_json(proofs: Sequence[StoryProof], selected: int = 0) -> dict[str, Any]:
    """Everything, as JSON-able values. `selected`: how many scenarios were to be proven, where that is more."""
    return {
        "schema": "ocpp-harness kill matrix 1",
        "totals": totals(proofs, selected),
        "scenarios": [
            {
                "id": proof.id,
                "title": proof.title,
                "problem": proof.problem,
                "proven": proof.proven,
                **({"interrupted": True} if proof.interrupted else {}),
                **({"hurried": proof.hurried[:_MOST]} if proof.hurried else {}),
                "lines": [_line(line) for line in proof.lines],
            }
            for proof in proofs
        ],
    }


def _line(line: LineProof) -> dict[str, Any]:
    return {
        "line": line.line,
        "text": line.text,
        "proven": line.proven,
        "mutants": [_trial(trial) for trial in line.trials],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "kind": trial.mutant.kind,
        "what": trial.mutant.what,
        "outcome": trial.outcome.value,
        "where": trial.where,
        "reason": trial.reason,
        "why": trial.why[:_MOST] if trial.outcome is not Outcome.KILLED else "",
        **({"hurried": trial.hurried[:_MOST]} if trial.hurried else {}),
    }


def totals(proofs: Iterable[StoryProof], selected: int = 0) -> dict[str, int]:
    """Counts: scenarios, lines, mutants by outcome, what is not proven; where it was stopped, what is not judged."""
    proofs = tuple(proof for proof in proofs if not proof.interrupted)
    outcomes = Counter(trial.outcome.value for proof in proofs for trial in proof.trials)
    lines = [line for proof in proofs for line in proof.lines]
    return {
        "scenarios": len(proofs),
        "scenarios not proven": sum(not proof.proven for proof in proofs),
        "lines": len(lines),
        "lines not proven": sum(not line.proven for line in lines),
        "mutants": sum(outcomes.values()),
        **{outcome.value: outcomes.get(outcome.value, 0) for outcome in Outcome},
        AGAIN: sum(bool(proof.hurried) + sum(bool(trial.hurried) for trial in proof.trials) for proof in proofs),
        **({STOPPED: selected - len(proofs)} if selected > len(proofs) else {}),
    }


def shortcomings(proof: StoryProof) -> list[str]:
    """What keeps a scenario from being proven, one line each."""
    found = [proof.problem] if proof.problem else []
    for line in proof.lines:
        for trial in line.trials:
            if trial.outcome not in FINE:
                where = f" at line {trial.where}" if trial.where else ""
                why = trial.why.split("\n")[0][:160]
                what = f"line {line.line} ({line.text}): {trial.mutant.kind}: {trial.outcome}{where}"
                found.append(f"{what} {why}".strip())
    return found


def write(proofs: Sequence[StoryProof], folder: Path, selected: int = 0) -> tuple[Path, Path]:
    """Write kill-matrix.json and kill-matrix.html into a folder; `selected` as in `as_json`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    as_text, page = folder / "kill-matrix.json", folder / "kill-matrix.html"
    as_text.write_text(json.dumps(as_json(proofs, selected), indent=1) + "\n", "utf-8")
    page.write_text(as_page(proofs, selected), "utf-8")
    return as_text, page


_STYLE = """
:root{color-scheme:light dark;--ok:#1a7f37;--bad:#cf222e;--eq:#6e7781}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
summary{cursor:pointer;padding:.2rem 0}table{border-collapse:collapse;width:100%;margin:.3rem 0 1rem}
td,th{border:1px solid #8884;padding:.25rem .5rem;text-align:left;vertical-align:top}
.killed{color:var(--ok)}.survived,.elsewhere,.broken{color:var(--bad);font-weight:600}.equivalent{color:var(--eq)}
@media(prefers-color-scheme:dark){:root{--ok:#3fb950;--bad:#ff7b72;--eq:#8b949e}}
.filters{position:sticky;top:0;background:Canvas;padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.8rem}
input[type=search]{font:inherit;padding:.3rem .6rem;min-width:16rem}[hidden]{display:none}
details{content-visibility:auto;contain-intrinsic-size:auto 2rem;overflow-wrap:break-word;overflow-x:auto}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
"""

# Without it the page is complete; it only hides what does not match, and opens what a link names.
_SCRIPT = """
(function(){
  var all=[].slice.call(document.querySelectorAll('details')), find=document.getElementById('find'),
      only=document.getElementById('only'), shown=document.getElementById('shown');
  all.forEach(function(one){one.words=one.textContent.toLowerCase()});
  function apply(){
    var words=find.value.toLowerCase().split(/\\s+/), count=0;
    all.forEach(function(one){
      var show=words.every(function(word){return one.words.indexOf(word)>=0});
      if(only.checked&&one.dataset.proven==='yes')show=false;
      one.hidden=!show; if(show)count++;
    });
    shown.textContent=count+' of '+all.length+' scenarios shown';
  }
  function follow(){
    var at=location.hash&&document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if(at&&at.tagName==='DETAILS'){at.open=true;at.scrollIntoView();at.firstElementChild.focus()}
  }
  find.addEventListener('input',apply); only.addEventListener('change',apply); addEventListener('hashchange',follow);
  apply(); follow();
})();
"""
_FILTERS = (
    '<div class="filters"><label>Find <input type="search" id="find" placeholder="case, title, kind, outcome"></label>'
    '<label><input type="checkbox" id="only"> not proven only</label>'
    '<span id="shown" role="status" aria-live="polite"></span></div>'
)


def as_page(proofs: Sequence[StoryProof], selected: int = 0) -> str:
    """A self-contained HTML page; scenarios with shortcomings stand open, the others fold out."""
    counts = totals(proofs, selected)
    rows = (f'<tr><th scope="row">{html.escape(name)}</th><td>{count}</td></tr>' for name, count in counts.items())
    early = f"<p>It was stopped after {counts['scenarios']} of {selected} scenarios.</p>" if STOPPED in counts else ""
    parts = "".join(_scenario(proof) for proof in sorted(proofs, key=lambda proof: (proof.proven, proof.id)))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kill matrix</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        "<main><h1>Kill matrix</h1><p>Every check, and every way in which the reference was spoilt to see it fail. "
        "A mutant is killed when the very line it was derived from fails.</p>"
        f"{early}<table>{''.join(rows)}</table>{_FILTERS}{parts}</main><script>{_SCRIPT}</script></body></html>\n"
    )


def _scenario(proof: StoryProof) -> str:
    state = "NOT JUDGED" if proof.interrupted else "proven" if proof.proven else "NOT PROVEN"
    problem = f'<p class="survived">{html.escape(proof.problem)}</p>' if proof.problem else ""
    problem += f"<p>{html.escape(_hurried(proof))}</p>" if proof.hurried else ""
    rows = "".join(_rows(line) for line in proof.lines)
    table = f"<table><tr><th>line</th><th>mutant</th><th>outcome</th><th>note</th></tr>{rows}</table>" if rows else ""
    head = f"{html.escape(proof.id)} &mdash; {html.escape(proof.title)} ({len(proof.trials)} mutants, {state})"
    marks = f'id="{html.escape(proof.id)}" data-proven="{"yes" if proof.proven else "no"}"'
    return f"<details {marks}{'' if proof.proven else ' open'}><summary>{head}</summary>{problem}{table}</details>"


def _rows(line: LineProof) -> str:
    rows = ""
    for number, trial in enumerate(line.trials):
        first = f'<td rowspan="{len(line.trials)}">{line.line}: {html.escape(line.text)}</td>' if number == 0 else ""
        note = trial.reason or (trial.why.split("\n")[0] if trial.outcome is not Outcome.KILLED else "")
        note += f" {_hurried(trial)}" if trial.hurried else ""
        rows += (
            f"<tr>{first}<td>{html.escape(trial.mutant.kind)}<br><small>{html.escape(trial.mutant.what)}</small></td>"
            f'<td class="{trial.outcome}">{trial.outcome}</td><td>{html.escape(note)}</td></tr>'
        )
    return rows


def _hurried(one: StoryProof | Trial) -> str:
    return f"(Tried again, with more patience, after: {one.hurried.splitlines()[0]})"
