"""What LaTeX's commands stand for in Unicode, by the spacing that TeX gives them (The TeXbook, chapter 18)."""

import string


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _table("ss ß ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı j ȷ")
"""Letters of running text, and of mathematics that holds words."""

MORE_LETTERS = _table("dh ð DH Ð dj đ DJ Đ th þ TH Þ ng ŋ NG Ŋ")
"""Letters that need the T1 font encoding."""

ORDINARY = _table("""
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
    chi χ psi ψ omega ω digamma ϝ
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    varGamma Γ varDelta Δ varTheta Θ varLambda Λ varSigma Σ varPhi Φ varPsi Ψ varOmega Ω
    infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ
    emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡
    triangle △ triangledown ▽ Box □ square □ blacksquare ■ Diamond ◇ diamondsuit ♢ lozenge ◊ bigstar ★
    checkmark ✓ cmark ✓ xmark ✗ heartsuit ♡ spadesuit ♠ clubsuit ♣ flat ♭ natural ♮ sharp ♯ surd √ mho ℧ eth ð
    prime ′ backprime ‵ degree ° celsius ℃ textdegree ° textmu µ complement ∁ vert | Vert ‖ | ‖ backslash \\
    ldots … dots … dotsc … cdots ⋯ dotsb ⋯ dotsm ⋯ textellipsis … vdots ⋮ ddots ⋱
    S § P ¶ dag † ddag ‡ textdagger † copyright © textcopyright © textregistered ® texttrademark ™ pounds £
    euro € texteuro € yen ¥ textasciitilde ~ textasciicircum ^ textbackslash \\ textunderscore _ textbar | textless <
    textgreater > textendash – textemdash — textbullet • textquoteleft ‘ textquoteright ’ textquotedblleft “
    textquotedblright ” textquotesingle ' textperiodcentered · textdollar $ textpercent % textonehalf ½
    uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ upuparrows ⇈ downdownarrows ⇊
    textuparrow ↑ textdownarrow ↓ LaTeX LaTeX TeX TeX
""")
ORDINARY |= LETTERS | {
    "eg": "e.g.",
    "ie": "i.e.",
    "etc": "etc.",
    "etal": "et al.",
    "%": "%",
    "#": "#",
    "&": "&",
    "_": "_",
    "$": "$",
    "-": "",
    "/": "",
    "@": "",
}
"""Letters and signs set without space around them."""

BINARY = _table("""
    pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
    cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄
    bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ dagger † ddagger ‡ amalg ⨿ ltimes ⋉ rtimes ⋊
    boxplus ⊞ boxtimes ⊠ boxdot ⊡ centerdot · cdotp · rightthreetimes ⋌ circledast ⊛ veebar ⊻ barwedge ⊼ bigcirc ◯
    texttimes × textpm ± slash /
""")
"""Operators between two operands; spaced where the author left spaces."""

RELATIONS = _table("""
    leq ≤ le ≤ leqslant ⩽ leqq ≦ geq ≥ ge ≥ geqslant ⩾ geqq ≧ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙
    equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ ncong ≇ doteq ≐ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕
    propto ∝ varpropto ∝ asymp ≍ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷ lessapprox ⪅
    gtrapprox ⪆ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ nsim ≁ precsim ≾ succsim ≿ preccurlyeq ≼ succcurlyeq ≽
    in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉
    sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ Subset ⋐ Supset ⋑
    mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ bowtie ⋈
    smile ⌣ frown ⌢ between ≬ therefore ∴ because ∵ vartriangle △ trianglelefteq ⊴ trianglerighteq ⊵
    rightarrow → to → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔ longleftrightarrow ⟷
    Rightarrow ⇒ Longrightarrow ⟹ Leftarrow ⇐ Longleftarrow ⟸ Leftrightarrow ⇔ Longleftrightarrow ⟺ implies ⟹
    impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁
    leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆
    rightrightarrows ⇉ leftleftarrows ⇇ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ leadsto ⇝ rightsquigarrow ⇝
    leftrightsquigarrow ↭ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ dashrightarrow ⇢ dashleftarrow ⇠
    nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ multimap ⊸ curvearrowright ↷ curvearrowleft ↶
    circlearrowright ↻ circlearrowleft ↺ textrightarrow → textleftarrow ←
""")
"""Relations and arrows; spaced on both sides, outside of sub- and superscripts."""

BIG = _table("""
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ biguplus ⨄ bigvee ⋁ bigwedge ⋀
    bigoplus ⨁ bigotimes ⨂ bigodot ⨀ smallint ∫
""")
"""Operators with limits."""

NAMES = {
    name: name
    for name in _names("""
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min Pr sec sin
    sinh sup tan tanh argmax argmin softmax
    """)
} | {"limsup": "lim sup", "liminf": "lim inf", "bmod": "mod", "mod": "mod", "injlim": "inj lim"}
"""Functions with upright names."""

OPENING = _table("langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ lvert | lVert ‖ llbracket ⟦ ulcorner ⌜ { {")
CLOSING = _table("rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] rvert | rVert ‖ rrbracket ⟧ urcorner ⌝ } }")

SPACES = dict.fromkeys([",", ":", ";", " ", ">", "quad", "qquad", "thinspace", "enspace", "enskip", "space"], " ")
SPACES |= {"!": "", "negthinspace": "", "hfill": " ", "newline": " ", "nobreakspace": " "}

SILENT = _names("""
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm displaystyle textstyle
    scriptstyle scriptscriptstyle limits nolimits xspace protect relax nonumber notag noindent boldmath unboldmath
    tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering allowbreak nobreak strut
    mathstrut
""")
"""Commands that only change sizes and places."""

TRANSPARENT = _names("""
    ensuremath boxed smash vcenter underbrace overbrace mathop mathbin mathrel mathord mathclose mathopen mathpunct
    mathit mathnormal mathclap
""")
"""Commands that show their argument as it is."""

UPRIGHT = _names("mathrm mathsf mathtt")
"""Commands whose letters are a name, not variables; spaces do not count."""

TEXT = _names("""
    text textrm textnormal textsf texttt textup mbox hbox fbox textmd textlf emph textit textsl textsc textbf
    textsuperscript textsubscript
""")
"""Commands whose argument is text: its spaces count."""

BOLD = _names("mathbf boldsymbol bm textbf pmb symbf")
"""Commands that set their argument in bold."""

SWITCHES = _names("rm it bf sf tt sl em sc normalfont bfseries boldmath")
"""Commands of old that change the letters of the group they begin."""

ACCENTS = _table("""
    hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 bar \u0304 overline \u0305 vec \u20d7 dot \u0307 ddot \u0308
    dddot \u20db check \u030c widecheck \u030c breve \u0306 acute \u0301 grave \u0300 mathring \u030a underline \u0332
    underbar \u0332 overrightarrow \u20d7 overleftarrow \u20d6 cancel \u0338
""")
"""Accents as combining characters, which follow their letter."""

LINES = ("\u0305", "\u0332", "\u20d7", "\u20d6", "\u0338")
"""Accents that may stand on each of several letters."""

TEXT_ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
TEXT_ACCENTS |= {"c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a"}
TEXT_ACCENTS |= {"b": "\u0331", "d": "\u0323"}
"""Accents of running text: \\"o, \\v{c}."""


def _alphabet(letters: str, upper: str, lower: str = "") -> dict[int, str]:
    return str.maketrans(dict(zip(letters, upper + lower, strict=True)))


_CAPITALS = string.ascii_uppercase
_LETTERS = string.ascii_uppercase + string.ascii_lowercase
_SCRIPT = _alphabet(_LETTERS, "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵", "𝒶𝒷𝒸𝒹ℯ𝒻ℊ𝒽𝒾𝒿𝓀𝓁𝓂𝓃ℴ𝓅𝓆𝓇𝓈𝓉𝓊𝓋𝓌𝓍𝓎𝓏")
_FRAKTUR = _alphabet(_LETTERS, "𝔄𝔅ℭ𝔇𝔈𝔉𝔊ℌℑ𝔍𝔎𝔏𝔐𝔑𝔒𝔓𝔔ℜ𝔖𝔗𝔘𝔙𝔚𝔛𝔜ℨ", "𝔞𝔟𝔠𝔡𝔢𝔣𝔤𝔥𝔦𝔧𝔨𝔩𝔪𝔫𝔬𝔭𝔮𝔯𝔰𝔱𝔲𝔳𝔴𝔵𝔶𝔷")
_DOUBLE = _alphabet(_CAPITALS, "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ") | _alphabet("01k", "𝟘𝟙𝕜")
ALPHABETS = {"mathbb": _DOUBLE, "mathds": _DOUBLE, "Bbb": _DOUBLE, "mathbbm": _DOUBLE}
ALPHABETS |= {"mathcal": _SCRIPT, "mathscr": _SCRIPT, "mathfrak": _FRAKTUR}
"""Alphabets that mean something by their shape; bold and upright ones are left to the markup."""

DIVIDED = _names("frac dfrac tfrac nicefrac sfrac cfrac")
RAISED = _names("overset stackrel textsuperscript")
LOWERED = _names("underset textsubscript")
SECOND = _names("textcolor colorbox raisebox scalebox")
"""Commands of which only the second argument shows."""
UNSEEN = _names("color phantom hphantom vphantom hspace vspace hspace* vspace*")
"""Commands whose argument does not show."""
NAMED = _names("operatorname operatorname*")
"""Commands that make a function of a name."""

ARGUMENTS = {
    **dict.fromkeys([*TRANSPARENT, *UPRIGHT, *TEXT, *BOLD, *ACCENTS, *ALPHABETS, *UNSEEN, *NAMED], 1),
    **dict.fromkeys(["sqrt", "not", "pmod"], 1),
    **dict.fromkeys([*DIVIDED, *SECOND, "overset", "stackrel", "underset", "binom"], 2),
}
"""How many arguments commands have; those that are not here have none."""

_FOREIGN = LETTERS.keys() | _names("""
    omicron cmark xmark degree celsius euro LaTeX TeX eg ie etc etal lt gt coloneqq
    coloneq eqqcolon softmax argmax argmin llbracket rrbracket mod
    mathds Bbb mathbbm mathscr bm symbf cancel widecheck underbar textlf nicefrac sfrac textcolor colorbox raisebox
    scalebox color hspace vspace hspace* vspace* mathclap vcenter not
""")
"""Commands of the tables that LaTeX with amsmath and amssymb has not, or not in mathematics, or in another way."""

_SIGNS = ORDINARY | BINARY | RELATIONS | BIG | NAMES | OPENING | CLOSING

LATEX = (
    frozenset(name for name in _SIGNS if name.isalpha() and not name.startswith("text"))
    | _names("quad qquad dots")
    | ARGUMENTS.keys()
) - _FOREIGN
"""Commands that LaTeX with amsmath and amssymb compiles in mathematics; tried with pdfTeX."""

CODES = {
    sign: f"\\{name}"
    for name, sign in reversed(_SIGNS.items())
    if name in LATEX and len(sign) == 1 and not sign.isascii() and sign not in ["ı", "ȷ"]
} | {
    **dict(zip("⋅∙⊥♥♦", (r"\cdot", r"\bullet", r"\perp", r"\heartsuit", r"\diamondsuit"), strict=True)),
    **{letter: f"\\mathbb{{{plain}}}" for letter, plain in zip("ℝℕℤℚℂ𝔼", "RNZQCE", strict=True)},
    "−": "-",
}
"""Characters of mathematics, and the commands that make them: of several the first in the tables."""

SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθϕφχ′*∗†‡⊤",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵠᵡ′*∗†‡ᵀ",
)
SUBSCRIPTS = str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρϕφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ")

FRACTIONS = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "1/8": "⅛", "3/8": "⅜"}
