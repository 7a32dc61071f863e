/// The whole way, from pages to HTML, on a few small pages: strict where it has to be.
module AnalogTheory.Site.Tests.SiteTests

open System
open System.IO
open Expecto
open AnalogTheory.Site

// Exit code, and what was said on the standard error.
let build (folder: string) : int * string =
    use said = new StringWriter()
    let before = Console.Error
    Console.SetError said

    try
        let parts = [| "--pages"; folder + "/pages"; "--out"; folder + "/out"; "--work"; folder + "/work"; "--part" |]
        Main.main (Array.append [| Folders.repository |] parts), said.ToString()
    finally
        Console.SetError before

let private front title = $"---\ntitle: {title}\ncategory: Start\n---\n# {title}\n\n"

let private index = "index.md", front "Home" + "[F#](f.html), [C#](how-to/own-rule.html)\n"

let private script =
    "f.fsx",
    "(**\n"
    + front "Script"
    + """Text with $\alpha$.
*)
#r "nuget: AnalogTheory"
open AnalogTheory
let device = AsymmetricLinear.create 1.0
printfn "%g" (device.Update(0.5, 0.1))
(*** include-output ***)
(** and a file: *)
System.IO.File.WriteAllText("made.txt", "by the page")
"""

// A page of the site, as it stands.
let private ownRule = File.ReadAllText(Path.Combine(Folders.repository, "docs", "pages", "how-to", "own-rule.md"))

[<Tests>]
let tests =
    testSequenced
    <| testList
        "the site"
        [ test "A site of pages in F# and C# is made: outputs in place, programs to take along, versions at the end, nothing from elsewhere" {
              Folders.inFolder (fun folder ->
                  for name, content in [ index; script; "how-to/own-rule.md", ownRule ] do
                      Folders.write (folder + "/pages") name content

                  Child.run Folders.repository "dotnet" [ "tool"; "restore" ] |> ignore
                  let code, said = build folder
                  Expect.equal (code, said) (0, "") "made"
                  let out name = File.ReadAllText(Path.Combine(folder, "out", name))
                  let page = out "f.html"
                  Expect.stringContains page "<pre class=\"output\" tabindex=\"0\"><code>0.55</code></pre>" "w + Δ(1 − w) = 0.55"
                  Expect.stringContains page "nuget: AnalogTheory" "the package"
                  Expect.isFalse (page.Contains Site.assemblies) "no path of this machine"
                  Expect.stringContains page @"\(\alpha\)" "a formula"
                  Expect.stringContains page "Made with AnalogTheory" "versions"
                  Expect.stringContains page "href=\"f.fsx\"" "a program to take along"
                  Expect.stringContains (out "f.fsx") "device.Update(0.5, 0.1)" "the program"
                  Expect.equal (out "made.txt") "by the page" "files lie beside their page"
                  Expect.stringContains (out "how-to/own-rule.html") "Tiki-Taka, written out" "the C# page's output"
                  Expect.stringContains (out "how-to/own-rule.html") "../theme/site.css" "addresses from a folder below")
          }

          test "A broken page breaks the site: a program that throws, one that does not compile, a command that fails; each is named" {
              Folders.inFolder (fun folder ->
                  // A rate below 0 is refused when the rule is made.
                  let broken = ownRule.Replace("Rule.AnalogSgd(device, Rate),", "Rule.AnalogSgd(device, -Rate),")
                  Expect.notEqual broken ownRule "the copy is broken"

                  for name, content in
                      [ index
                        "how-to/own-rule.md", broken
                        "throws.fsx", "(**\n" + front "Throws" + "*)\nlet x: int = List.head []\n"
                        "types.md", front "Types" + "```csharp\nint x = \"text\";\n```\n"
                        "command.md", front "Command" + "```shell\nanalog-theory verify nonsense\n```\n" ] do
                      Folders.write (folder + "/pages") name content

                  let code, said = build folder
                  Expect.notEqual code 0 "an exit code"
                  Expect.stringContains said "how-to/own-rule: its CSharp program ended" "a page that throws"
                  Expect.stringContains said "throws: its FSharp program ended" "a script that throws"
                  Expect.stringContains said "CS0029" "a program that does not compile, with the compiler's words"
                  Expect.stringContains said "command: its Shell program ended with exit code 2" "a command that fails"
                  Expect.isFalse (File.Exists(Path.Combine(folder, "out", "index.html"))) "no site")
          }

          test "A link that leads nowhere breaks the site" {
              Folders.inFolder (fun folder ->
                  Folders.write (folder + "/pages") "index.md" (front "Home" + "[gone](gone.html)\n")
                  let code, said = build folder
                  Expect.equal code 1 "an exit code"
                  Expect.stringContains said "index.html: nothing is at gone.html" "named")
          } ]
