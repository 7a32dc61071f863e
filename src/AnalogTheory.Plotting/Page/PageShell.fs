/// What every page that needs nothing but itself begins with: its policy, its faces, the drawing script, and the look of words.
namespace AnalogTheory.Plotting

/// <summary>The frame of pages.</summary>
[<RequireQualifiedAccess>]
module internal PageShell =

    /// Names and values are plain words, whatever characters they hold.
    let escape (text: string) =
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")

    let private style =
        """
:root{--ink:#1f2328;--soft:#59636e;--rule:#d8dde3;--accent:#0072b2}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;overflow-wrap:anywhere;color:var(--ink);background:#fff;font:17px/1.6 Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif}
h1{font-size:2.1em;line-height:1.2;margin:0 0 .2em;letter-spacing:-.01em}
.subtitle{color:var(--soft);font-size:1.12em;margin:0 0 1.4em}
p{max-width:46em;margin:.7em 0}
a{color:var(--accent);text-decoration:none}a:hover,a:focus{text-decoration:underline}
sub,sup{font-size:.72em;line-height:0}
"""

    /// The strictest policy under which a page still draws: a browser refuses any fetch.
    let private policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data: blob:"

    /// <summary>A whole document.</summary>
    /// <param name="argument">Name of the caller's argument, for complaints.</param>
    /// <param name="title">Title in plain text.</param>
    /// <param name="own">Styles of this kind of page, after the common ones.</param>
    /// <param name="body">What the body holds, as HTML.</param>
    /// <exception cref="T:System.ArgumentException">It holds a network address.</exception>
    let document (argument: string) (title: string) (own: string) (body: string) : string =
        let whole =
            String.concat
                ""
                [ "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                  $"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"
                  $"<title>{escape title}</title>\n"
                  "<style>" + PlateRenderer.fontFaces "Figures" "Figures" "italic" + style + own + "</style>\n"
                  $"<script>{Offline.plotlyScript ()}</script>\n</head>\n<body>\n"
                  body
                  "</body>\n</html>\n" ]

        match Offline.findNetworkAddresses whole with
        | [] -> whole
        | address :: _ -> invalidArg argument $"Expected a page without network addresses, got '{address}'."
