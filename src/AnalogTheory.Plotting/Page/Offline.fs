/// Pages that need nothing but themselves: finding and neutralising network addresses.
namespace AnalogTheory.Plotting

open System
open System.Text
open System.Text.RegularExpressions

/// <summary>Keeps generated pages off the network.</summary>
[<RequireQualifiedAccess>]
module internal Offline =

    /// Names of XML vocabularies that look like addresses and are never fetched.
    let private vocabularies =
        set
            [ "http://www.w3.org/1999/xhtml"
              "http://www.w3.org/1999/xlink"
              "http://www.w3.org/2000/svg"
              "http://www.w3.org/2000/xmlns/"
              "http://www.w3.org/XML/1998/namespace"
              "http://www.w3.org/1998/Math/MathML" ]

    let private withScheme =
        Regex(@"\b(?:https?|wss?|ftp):\\?/\\?/[^\s""'`<>(){}\\|,;]+", RegexOptions.IgnoreCase ||| RegexOptions.CultureInvariant)

    // Without a scheme an address is told from a comment by what stands before it and by its dotted host.
    let private withoutScheme =
        Regex(@"(?<=[""'`(=])//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s""'`<>(){}\\|,;]*", RegexOptions.IgnoreCase ||| RegexOptions.CultureInvariant)

    let private isVocabulary (address: string) =
        // Inside a data address the closing quote is written %27 or %22.
        vocabularies.Contains(Regex.Replace(address, "%2[27].*$", ""))

    /// <summary>All addresses in a text that a browser could fetch or follow; names of XML vocabularies are none.</summary>
    let findNetworkAddresses (text: string) : string list =
        [ for expression in [ withScheme; withoutScheme ] do
              for found in expression.Matches text do
                  if not (isVocabulary found.Value) then found.Value ]

    /// <summary>The text with every such address replaced by the empty page.</summary>
    let neutralise (text: string) : string =
        let replace (found: Match) = if isVocabulary found.Value then found.Value else "about:blank"

        withoutScheme.Replace(withScheme.Replace(text, replace), replace)

    let private script =
        lazy
            (let text = neutralise (Encoding.UTF8.GetString(Vendored.bytes Vendored.plotly))

             if text.Contains("</script", StringComparison.OrdinalIgnoreCase) then
                 raise (InvalidOperationException "The drawing script would end its own script element.")

             text)

    /// <summary>The drawing script of the interactive page, with no address in it.</summary>
    let plotlyScript () : string = script.Force()
