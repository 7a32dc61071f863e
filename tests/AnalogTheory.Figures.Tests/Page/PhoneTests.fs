/// What a browser makes of the page on a phone: nothing is cut off at the side, and no words lie over others.
module AnalogTheory.Figures.Tests.PhoneTests

open System
open System.Diagnostics
open System.IO
open Expecto
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

// Draws all charts, then writes what overlaps into an element of its own.
let private look =
    """
<style>body{width:420px}</style>
<script>
addEventListener('load',function(){dispatchEvent(new Event('beforeprint'));setTimeout(function(){
var told=[];
if(document.documentElement.scrollWidth>Math.max(420,innerWidth))told.push('page is '+document.documentElement.scrollWidth+' wide');
document.querySelectorAll('.js-plotly-plot').forEach(function(plot){
var box=function(of){return Array.from(plot.querySelectorAll(of)).map(function(e){return e.getBoundingClientRect()}).filter(function(r){return r.width>0})};
var apart=function(name,some,others){box(some).forEach(function(a){box(others).forEach(function(b){
if(Math.min(a.right,b.right)-Math.max(a.left,b.left)>1&&Math.min(a.bottom,b.bottom)-Math.max(a.top,b.top)>1)told.push(plot.id+': '+name)})})};
apart('title of x over its labels','.xtitle','.xtick');apart('title of x over the legend','.xtitle','g.legend');apart('labels of x over the legend','.xtick','g.legend');
apart('title of y over its labels','.ytitle','.ytick');
box('.xtitle').forEach(function(t){box('.plot').forEach(function(p){if(t.top<p.bottom-1)told.push(plot.id+': title of x inside the plot')})});
});
var drawn=document.querySelectorAll('.js-plotly-plot .xtitle').length;
var result=document.createElement('pre');result.id='result';result.textContent='drawn '+drawn+'; '+told.join('; ')+' end';document.body.appendChild(result)},4000)});
</script>
"""

let private browser () : string option =
    [ "chromium"; "chromium-browser"; "google-chrome" ]
    |> List.tryFind (fun name ->
        (Environment.GetEnvironmentVariable "PATH" |> Option.ofObj |> Option.defaultValue "").Split Path.PathSeparator
        |> Array.exists (fun folder -> folder <> "" && File.Exists(Path.Combine(folder, name))))

let private seen (program: string) (html: string) : string =
    let folder = Directory.CreateTempSubdirectory("page-").FullName

    try
        let file = Path.Combine(folder, "page.html")
        File.WriteAllText(file, html)

        let start =
            ProcessStartInfo(
                program,
                [ "--headless"
                  "--no-sandbox"
                  "--disable-gpu"
                  "--disable-background-networking"
                  "--user-data-dir=" + Path.Combine(folder, "profile")
                  "--window-size=420,900"
                  "--virtual-time-budget=20000"
                  "--dump-dom"
                  Uri(file).AbsoluteUri ],
                RedirectStandardOutput = true,
                RedirectStandardError = true
            )

        match Process.Start start with
        | null -> ""
        | run ->
            use run = run
            run.ErrorDataReceived.Add ignore
            run.BeginErrorReadLine()
            let text = run.StandardOutput.ReadToEnd()
            run.WaitForExit()
            let at = text.LastIndexOf("id=\"result\">", StringComparison.Ordinal)
            if at < 0 then "no result" else text.Substring(at + 12).Split("</pre>")[0]
    finally
        try
            Directory.Delete(folder, true)
        // A browser's last words may come after its end.
        with :? IOException ->
            ()

[<Tests>]
let tests =
    testList
        "page on a phone"
        [ testCase "at 420 px no title lies over labels, legends or the plot, and nothing is wider" (fun () ->
              match browser () with
              | None -> skiptest "there is no chromium here"
              | Some program ->
                  // Four panels, one with a legend that takes a row for every entry there.
                  let html =
                      InteractivePage.render
                          { Title = "Figures"
                            Subtitle = ""
                            Introduction = []
                            Entries =
                              [ { Id = "one"
                                  Title = "One"
                                  Caption = ""
                                  Plate = Some plate
                                  Table = None
                                  Links = [ "manifest.json", "one/manifest.json" ]
                                  Manifest = None } ] }

                  let told = seen program (html.Replace("</body>", look + "</body>"))
                  Expect.equal told $"drawn {(PlateLayout.arrange plate).Length};  end" "what overlaps") ]
