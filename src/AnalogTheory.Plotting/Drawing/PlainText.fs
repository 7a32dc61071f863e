/// Words that a user wrote, such as a title or the name of a file, made fit for a picture.
/// A recipe's label with a character that no face holds is a mistake and raises; a user's file may be called as it likes.
namespace AnalogTheory.Plotting

open System
open System.Globalization
open System.Text

/// <summary>Makes words of a user printable and drawable.</summary>
[<RequireQualifiedAccess>]
module PlainText =

    // Letters with marks by the letters below them; the system's own decomposition depends on how the program was built.
    let private marked =
        [ "ÀÁÂÃÄÅĀĂĄ", 'A'
          "ÇĆĈĊČ", 'C'
          "ĎĐ", 'D'
          "ÈÉÊËĒĔĖĘĚ", 'E'
          "ĜĞĠĢ", 'G'
          "ÌÍÎÏĨĪĬĮİ", 'I'
          "ŁĹĻĽ", 'L'
          "ÑŃŅŇ", 'N'
          "ÒÓÔÕÖØŌŎŐ", 'O'
          "ŔŖŘ", 'R'
          "ŚŜŞŠȘ", 'S'
          "ŢŤȚ", 'T'
          "ÙÚÛÜŨŪŬŮŰŲ", 'U'
          "ÝŸ", 'Y'
          "ŹŻŽ", 'Z'
          "àáâãäåāăą", 'a'
          "çćĉċč", 'c'
          "ďđ", 'd'
          "èéêëēĕėęě", 'e'
          "ĝğġģ", 'g'
          "ìíîïĩīĭįı", 'i'
          "łĺļľ", 'l'
          "ñńņň", 'n'
          "òóôõöøōŏő", 'o'
          "ŕŗř", 'r'
          "śŝşšș", 's'
          "ţťț", 't'
          "ùúûüũūŭůűų", 'u'
          "ýÿ", 'y'
          "źżž", 'z'
          "`´", '\'' ]
        |> List.collect (fun (letters, bare) -> [ for letter in letters -> Rune letter, Rune bare ])
        |> dict

    // Controls, marks of direction, halves of characters, and places that Unicode leaves empty.
    let private isShown (rune: Rune) =
        match Rune.GetUnicodeCategory rune with
        | UnicodeCategory.Control
        | UnicodeCategory.Format
        | UnicodeCategory.LineSeparator
        | UnicodeCategory.ParagraphSeparator
        | UnicodeCategory.PrivateUse
        | UnicodeCategory.Surrogate
        | UnicodeCategory.OtherNotAssigned -> false
        | _ -> rune <> Rune '\uFFFE'

    let private mapped (map: Rune -> string) (text: string) =
        let result = StringBuilder()

        for rune in text.EnumerateRunes() do
            result.Append(map rune) |> ignore

        result.ToString()

    /// <summary>The words with a space for every character that is none to be seen; for titles inside files.</summary>
    /// <param name="text">Any text.</param>
    let printable (text: string) : string = mapped (fun rune -> if isShown rune then string rune else " ") text

    /// <summary>The words with what the vendored faces can draw: a letter without its mark, else a question mark.</summary>
    /// <param name="text">Any text.</param>
    let drawable (text: string) : string =
        mapped
            (fun rune ->
                if RichText.canDraw rune then
                    string rune
                else
                    match marked.TryGetValue rune with
                    | true, bare -> string bare
                    | _ when isShown rune -> "?"
                    | _ -> " ")
            text

    /// <summary>Plain words as <c>Markup</c> that shows them as they are, with characters replaced that the faces lack.</summary>
    /// <param name="text">Plain words of any origin.</param>
    let toMarkup (text: string) : string =
        (drawable text)
            .Replace("\\", "\\\\")
            .Replace("*", "\\*")
            .Replace("_", "\\_")
            .Replace("^", "\\^")
            .Replace("{", "\\{")
            .Replace("}", "\\}")
