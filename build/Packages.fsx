// What is given away: packages, and the façade's list of public symbols.

open System
open System.IO
open System.Text.RegularExpressions
open Programs

/// Where NuGet keeps the packages that it has unpacked.
let private cache () =
    match captured "nuget" "dotnet" [ "nuget"; "locals"; "global-packages"; "--list" ] with
    | 0, line :: _ -> line.Replace("global-packages:", "").Trim()
    | _, printed -> raise (Stop(1, $"{tail printed}\nExpected NuGet's folder of unpacked packages."))

/// Packs what the list of packages names. Files in a package bear the commit's date, so a commit packed twice gives equal bytes;
/// what is not committed bears today's.
let pack (built: Built) : int =
    match captured "git" "git" [ "status"; "--porcelain" ], captured "git" "git" [ "log"; "-1"; "--format=%ct" ] with
    | (0, []), (0, [ seconds ]) -> Environment.SetEnvironmentVariable("SOURCE_DATE_EPOCH", seconds)
    | _ -> ()

    let folder = inRoot "artifacts/packages"
    if Directory.Exists folder then Directory.Delete(folder, recursive = true)
    msbuild "pack" (projectOf built) [ "--configuration"; "Release"; "--no-build"; "--output"; folder ]
    let cache = cache ()

    for path in Directory.GetFiles(folder, "*.nupkg") |> Array.sort do
        let name = Regex.Match(Path.GetFileName path, @"^(.+?)\.(\d+\..+)\.nupkg$")
        printfn $"{anywhere path, -60} {FileInfo(path).Length / 1024L, 6} kB"
        // NuGet unpacks a version once and keeps it: an older package of the same name would be used on.
        let unpacked = Path.Combine(cache, name.Groups[1].Value.ToLowerInvariant(), name.Groups[2].Value)
        if Directory.Exists unpacked then Directory.Delete(unpacked, recursive = true)

    printfn $"{durations ()}\nOnce   dotnet nuget add source \"{folder}\" --name analog-theory"
    0

/// Writes the façade's public symbols to its baseline: without one the analyser names every symbol that has not been shipped.
let writeApi (restored: Restored) : int =
    let project = restoredOf restored
    let baseline = Path.Combine(Path.GetDirectoryName(inRoot project), "PublicAPI.Unshipped.txt")
    let header = "#nullable enable"
    File.WriteAllText(baseline, header + "\n")
    let build = [ "build"; project; "--configuration"; "Release"; "--no-restore" ]

    let code, printed =
        captured "api" "dotnet" (build @ [ "-nologo"; "-tl:off"; "-nodeReuse:false"; "-p:TreatWarningsAsErrors=false" ])

    let symbols =
        printed
        |> List.choose (fun line ->
            match Regex.Match(line, "RS0016: Symbol '(.+)' is not part of") with
            | found when found.Success -> Some found.Groups[1].Value
            | _ -> None)
        |> List.distinct
        |> List.sortWith (fun a b -> String.CompareOrdinal(a, b))

    File.WriteAllText(baseline, String.concat "\n" (header :: symbols) + "\n")
    if code <> 0 then raise (Stop(1, complaints printed))
    printfn $"{symbols.Length} symbols that were not shipped yet: {anywhere baseline}"
    0
