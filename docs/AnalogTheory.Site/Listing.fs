namespace AnalogTheory.Site

open System
open System.Text.RegularExpressions

/// A page's programs: as they are run, and as a reader takes them along.
[<RequireQualifiedAccess>]
module Listing =

    /// Stands in the output where a part ends; no program prints it.
    let cut = "\u001e"

    let private pieces (language: Language) (page: Page) : Segment list =
        page.Segments
        |> List.filter (function
            | Code(of', _, _)
            | OutputOf of' -> of' = language
            | _ -> false)

    let private joined (atCut: string) (segments: Segment list) : string =
        segments
        |> List.map (function
            | Code(_, code, _) -> code
            | _ -> atCut)
        |> List.filter (fun code -> code <> "")
        |> String.concat "\n\n"

    let private package = Regex("""^#r "nuget: AnalogTheory[^"]*"\s*$""", RegexOptions.Multiline)

    /// <summary>The package as the assemblies beside this program.</summary>
    /// <param name="assemblies">Folder of the assemblies.</param>
    /// <param name="code">F#.</param>
    let againstAssemblies (assemblies: string) (code: string) : string =
        let references =
            [ "AnalogTheory"; "AnalogTheory.Kernels"; "MathNet.Numerics" ]
            |> List.map (fun name -> $"#r \"{assemblies}/{name}.dll\"")
            |> String.concat "\n"

        package.Replace(code, references.Replace("$", "$$"))

    /// F# as it is run: the package is the assembly that was built, and the output is cut where the page shows it.
    let fsharp (assemblies: string) (page: Page) : string =
        pieces FSharp page |> joined "System.Console.Out.Write \"\\u001e\"" |> againstAssemblies assemblies

    /// C# as it is compiled.
    let csharp (page: Page) : string = pieces CSharp page |> joined "System.Console.Out.Write(\"\\u001e\");"

    /// Commands, line by line, and what parts them.
    let shell (page: Page) : Segment list = pieces Shell page

    // What is no package yet is taken from a clone.
    let private header (code: string) =
        [ "#:package AnalogTheory.CSharp@0.1.0"
          if code.Contains "using AnalogTheory.Training" then
              "#:project src/AnalogTheory.Training/AnalogTheory.Training.csproj"
          "#:property InvariantGlobalization=true"
          "#:property PublishAot=false"
          "" ]

    let private heredoc (name: string) (content: string) = $"cat > {name} <<'END'\n{content}\nEND"

    let private given (page: Page) =
        page.Segments
        |> List.choose (function
            | Given(name, content) -> Some(heredoc name content)
            | _ -> None)

    /// <summary>What a reader takes along: ending and content of each program of the page.</summary>
    /// <param name="address">Where the page comes from, for the first line.</param>
    /// <param name="page">The page.</param>
    let takeAlong (address: string) (page: Page) : (string * string) list =
        [ for language in Page.languages page do
              let code =
                  pieces language page
                  |> List.filter (function
                      | OutputOf _ -> false
                      | _ -> true)
                  |> joined ""

              match language with
              | FSharp -> "fsx", $"// {page.Title}: the program of the page {address}\n\n{code}\n"
              | CSharp -> "cs", $"// {page.Title}: the program of the page {address}\n\n" + String.concat "\n" (header code) + $"\n{code}\n"
              | Shell -> "sh", String.concat "\n" ([ $"# {page.Title}: the commands of the page {address}" ] @ given page @ [ code; "" ]) ]
