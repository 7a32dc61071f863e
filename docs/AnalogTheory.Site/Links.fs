namespace AnalogTheory.Site

open System
open System.IO
open System.Text.RegularExpressions

/// Whether every address of the site leads somewhere, and whether a page asks anything of another machine.
[<RequireQualifiedAccess>]
module Links =

    let private address = Regex("""(?<tag><[a-z]+)[^>]*?\s(?<kind>href|src)="(?<to>[^"]*)["]""", RegexOptions.Singleline)
    let private fetched = Regex("""url\((?<to>[^)]+)\)|@import\s+["'](?<to>[^"']+)""")
    let private anchors = Regex("""\s(?:id|name)="([^"]*)["]""")

    let private isElsewhere (target: string) = Regex.IsMatch(target, "^(https?:)?//")

    /// <summary>Looks at every page and style sheet.</summary>
    /// <param name="isLeftOut">Whether a page that is not there is one that was not asked for; its path from the output folder.</param>
    /// <param name="output">Folder of the site.</param>
    let check (isLeftOut: string -> bool) (output: string) : Problem list =
        let pages = Directory.GetFiles(output, "*.html", SearchOption.AllDirectories)
        let texts = pages |> Array.map (fun page -> page, File.ReadAllText page) |> dict

        let ids =
            pages
            |> Array.map (fun page ->
                page, (anchors.Matches texts[page] |> Seq.map (fun found -> ofHtml found.Groups[1].Value) |> Set.ofSeq))
            |> dict

        let relative (file: string) = Path.GetRelativePath(output, file).Replace('\\', '/')

        [ for page in pages do
              for found in address.Matches texts[page] do
                  let target = ofHtml found.Groups["to"].Value
                  // Anchors may be followed elsewhere by a person; everything else would be fetched with the page.
                  let isFollowed = found.Groups["tag"].Value = "<a"

                  if isElsewhere target then
                      if not isFollowed then
                          { Where = relative page
                            What = $"it would fetch {target} from another machine." }
                  elif
                      not (target.StartsWith("mailto:", StringComparison.Ordinal) || target.StartsWith("data:", StringComparison.Ordinal))
                  then
                      let path, anchor =
                          match target.Split('#', 2) with
                          | [| path; anchor |] -> path, Uri.UnescapeDataString anchor
                          | parts -> parts[0], ""

                      let file =
                          if path = "" then
                              page
                          else
                              Path.GetFullPath(Path.Combine(folderOf page, Uri.UnescapeDataString path))

                      if not (File.Exists file) then
                          if not (isLeftOut (relative file)) then { Where = relative page; What = $"nothing is at {target}." }
                      elif anchor <> "" && ids.ContainsKey file && not (Set.contains anchor ids[file]) then
                          { Where = relative page
                            What = $"{target}: the page has no place of that name." }

          for sheet in Directory.GetFiles(output, "*.css", SearchOption.AllDirectories) do
              for found in fetched.Matches(File.ReadAllText sheet) do
                  let target = found.Groups["to"].Value.Trim('"', '\'')

                  if isElsewhere target then
                      { Where = relative sheet
                        What = $"it would fetch {target} from another machine." }
                  elif not (target.StartsWith("data:", StringComparison.Ordinal)) then
                      let file = Path.Combine(folderOf sheet, target.Split('?', '#')[0])
                      if not (File.Exists file) then { Where = relative sheet; What = $"nothing is at {target}." } ]
        |> List.distinct
