namespace AnalogTheory.Site

open System

/// The list of pages that stands beside every page.
[<RequireQualifiedAccess>]
module Navigation =

    /// Stands for the way to the site's first folder, until the depth of a page is known.
    let root = "/__root__/"

    // Groups in the order of reading; others follow.
    let private order = [ "Start"; "Tutorial"; "How to"; "Theory"; "Reference" ]

    let private place (group: string) =
        match List.tryFindIndex (fun name -> name = group) order with
        | Some index -> index
        | None -> order.Length

    /// <summary>Navigation as HTML.</summary>
    /// <param name="more">Pages that are made otherwise: group, title, address.</param>
    /// <param name="pages">Pages.</param>
    let html (more: (string * string * string) list) (pages: Page list) : string =
        let written =
            [ for page in pages do
                  match page.Group with
                  | Some group -> group, page.Place, page.Title, page.Name + ".html"
                  | None -> () ]

        let all = written @ [ for group, title, address in more -> group, Int32.MaxValue, title, address ]

        let link (_, _, title: string, address: string) = $"<li><a href=\"{root}{address}\">{Html.ofText title}</a></li>"

        all
        |> List.groupBy (fun (group, _, _, _) -> group)
        |> List.sortBy (fun (group, _) -> place group, group)
        |> List.map (fun (group, links) ->
            let links = links |> List.sortBy (fun (_, place, title, _) -> place, title) |> List.map link |> String.concat ""
            $"<li class=\"group\"><span>{Html.ofText group}</span><ul>{links}</ul></li>")
        |> String.concat ""
