"""Names that the rules allow and a server may stumble over."""

ODD = (
    "a", "a/b", "a/b/c", "with space", "two  spaces", 'say "so"', "it's", "1+1", "100%", "100%25", "%", "%zz", "%20",
    "a%2Fb", "a%252Fb", "%2e%2e/x", "what?", "?", "a?b=c", "?x/y?z", "#1", "#/#", "v1.5", "x..y", "x.", "x./y",
    "x.csv", "x.tar.gz", "x.br", "x.html.y", "R&B", "a&amp;b", "<b>", "</script>", "{path}", "$uri", "[ab]", "*", "`",
    "a;b", "a,b", "a=b", "a:b", "a|b", "~", "~user/x", "@", "!", "^", "(x)", "-", "=", "'", "_headers", "_redirects",
    "_worker.js", "functions/x", "api", "clip", "model/model", "pending", "404s", "indexes", "favicon.ico",
    "Crème Brûlée", "Ordner mit Ümlaut/é+ü", "模型/漢字", "😀", "x" * 128,
)  # fmt: skip
