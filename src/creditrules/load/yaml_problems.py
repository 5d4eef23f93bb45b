"""Load: what libyaml's complaints mean, in words for whoever wrote the file."""

from __future__ import annotations

# Each row: a part of libyaml's message; what is wrong; the next step. The first row that fits is taken,
# a row with `+` needs both parts (problem and context).
_ROWS: tuple[tuple[str, tuple[str, str], tuple[str, str]], ...] = (
    (
        "mapping values are not allowed",
        ("a colon stands where no key can be", "此处不能出现“键: 值”"),
        (
            "put text that holds `: ` in quotes, or indent the line like its neighbours",
            "含有 `: ` 的文字请加引号，或与相邻行对齐缩进",
        ),
    ),
    (
        "did not find expected key+flow mapping",
        ("the braces `{…}` are not well formed", "大括号 `{…}` 内写法有误"),
        ("separate entries with `, ` and close with `}`", "各项以 `, ` 分隔，并以 `}` 结束"),
    ),
    (
        "did not find expected ',' or '}'",
        ("the braces `{…}` are not closed, or a comma is missing", "大括号 `{…}` 未闭合或缺少逗号"),
        (
            "separate entries with `, `, close with `}`, and put text with brackets in quotes",
            "各项以 `, ` 分隔，以 `}` 结束；文字中有括号的请加引号",
        ),
    ),
    (
        "did not find expected ',' or ']'",
        ("the brackets `[…]` are not closed, or a comma is missing", "方括号 `[…]` 未闭合或缺少逗号"),
        (
            "separate entries with `, `, close with `]`, and put text with brackets in quotes",
            "各项以 `, ` 分隔，以 `]` 结束；文字中有括号的请加引号",
        ),
    ),
    (
        "did not find expected key",
        ("this line is not indented like the entries above it", "此行与上面各项的缩进不一致"),
        ("give the keys of one mapping the same indentation", "同一层的各键请使用相同的缩进"),
    ),
    (
        "did not find expected '-' indicator",
        ("a line in a list begins with no `-`", "列表中的一行没有以 `-` 开头"),
        ("begin every entry with `- `, all at the same indentation", "每一项都以 `- ` 开头并对齐"),
    ),
    (
        "could not find expected ':'",
        ("a key is not followed by `: `", "键后面没有 `: `"),
        (
            "write `key: value` with an ASCII colon and a space (not `：`)",
            "请写成 `键: 值`：半角冒号加空格（不是全角 `：`）",
        ),
    ),
    (
        "found character that cannot start any token",
        ("a character that may not begin a value", "此字符不能作为值的开头"),
        (
            "indent with spaces, not tabs; put text that begins with `@`, `%` or a backquote in quotes",
            "缩进请用空格而非制表符；以 `@`、`%` 或反引号开头的文字请加引号",
        ),
    ),
    (
        "found a tab character",
        ("a tab is used to indent", "缩进使用了制表符"),
        ("indent with spaces", "请用空格缩进"),
    ),
    (
        "found unexpected end of stream",
        ("a quotation mark is never closed", "引号没有闭合"),
        ("close it with the same mark it was opened with", "请用同样的引号闭合"),
    ),
    (
        "found unexpected document indicator",
        ("a quotation mark is still open where a new document begins", "引号尚未闭合就开始了新文档"),
        ("close the quotation mark", "请闭合引号"),
    ),
    (
        "found unknown escape character",
        (
            "a backslash in double quotes stands before a character it means nothing with",
            "双引号内的反斜杠转义无效",
        ),
        ("use single quotes, or write the backslash twice", "请改用单引号，或将反斜杠写两次"),
    ),
    (
        "hexdecimal",
        ("an escape in double quotes lacks its digits", "双引号内的转义缺少数字"),
        ("use single quotes, or write the backslash twice", "请改用单引号，或将反斜杠写两次"),
    ),
    (
        "escape",
        ("an escape in double quotes stands for no character", "双引号内的转义不代表任何字符"),
        ("write the character itself", "请直接写出该字符"),
    ),
    (
        "block sequence entries are not allowed",
        ("a list begins on the line of its key", "列表与键写在了同一行"),
        ("begin the list on the next line, or write it as `[a, b]`", "列表另起一行，或写成 `[甲, 乙]`"),
    ),
    (
        "block mapping entries are not allowed",
        ("a key stands where a value was begun", "值的位置出现了键"),
        ("begin the mapping on the next line", "映射请另起一行"),
    ),
    (
        "did not find expected <document start>",
        ("text follows after the end of the document", "文档结束后还有内容"),
        ("indent it as part of what it belongs to, or remove it", "请按所属层级缩进，或将其删除"),
    ),
    (
        "did not find expected node content",
        ("a value is missing here", "此处缺少值"),
        ("write the value, or `null` when there is none", "请写出值；没有值时写 `null`"),
    ),
    (
        "did not find expected alphabetic or numeric character",
        ("`&` or `*` begins a name that is none", "`&` 或 `*` 后面不是名称"),
        ("put text that begins with `&` or `*` in quotes", "以 `&` 或 `*` 开头的文字请加引号"),
    ),
    (
        "tag",
        ("a `!` begins a tag that is not well formed", "`!` 开头的标签有误"),
        ("put text that begins with `!` in quotes", "以 `!` 开头的文字请加引号"),
    ),
    (
        "directive",
        ("a line begins with `%`", "有一行以 `%` 开头"),
        ("remove the directive, or put the text in quotes", "请删除该指令，或给文字加引号"),
    ),
    (
        "indentation",
        ("the indentation of a block of text is not clear", "文本块的缩进不清楚"),
        ("indent every line of the block by the same number of spaces", "文本块各行请使用相同的空格缩进"),
    ),
)
_OTHER = (
    ("the file is not well-formed YAML", "文件不是合法的 YAML"),
    ("check indentation, quotes and brackets near this place", "请检查此处附近的缩进、引号和括号"),
)


def explain(problem: str, context: str) -> dict[str, str]:
    """Return the words of a syntax finding for one of libyaml's messages."""
    what, fix = next((row[1:] for row in _ROWS if _fits(row[0], problem, context)), _OTHER)
    return {"problem_en": what[0], "problem_zh": what[1], "step_en": fix[0], "step_zh": fix[1]}


def _fits(pattern: str, problem: str, context: str) -> bool:
    in_problem, _, in_context = pattern.partition("+")
    return in_problem in problem and in_context in context
