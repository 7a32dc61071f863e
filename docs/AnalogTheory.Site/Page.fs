namespace AnalogTheory.Site

/// What a piece of code is written in.
type Language =
    | FSharp
    | CSharp
    | Shell

/// Pieces of a page, in the order of reading.
type Segment =
    /// Markdown.
    | Text of string
    /// Code that is run. A hidden piece runs and is not shown.
    | Code of Language * code: string * isHidden: bool
    /// Code that is shown as it stands and not run, with its language for colours.
    | Shown of language: string * code: string
    /// A file that the page's programs find in their folder.
    | Given of name: string * content: string
    /// What the code before it printed.
    | OutputOf of Language

/// A page of the site, as it was written.
type Page =
    {
        /// Name with its folder and without ending, such as how-to/own-device.
        Name: string
        /// Title for navigation.
        Title: string
        /// Group in the navigation, such as How to; None keeps the page out of it.
        Group: string option
        /// Place within its group.
        Place: int
        /// Its pieces.
        Segments: Segment list
    }

[<RequireQualifiedAccess>]
module Page =

    /// Languages whose code the page runs.
    let languages (page: Page) : Language list =
        page.Segments
        |> List.choose (function
            | Code(language, _, _) -> Some language
            | _ -> None)
        |> List.distinct
