namespace AnalogTheory.Site

open System
open System.IO
open System.Text.RegularExpressions
open System.Xml.Linq

/// <summary>Which chapter of the theory each public type belongs to: the folder that its source lies in.</summary>
/// <remarks>fsdocs groups by an element category in the XML comments; it is put into a copy of them here, so the sources need not repeat their folder's name.</remarks>
[<RequireQualifiedAccess>]
module Chapters =

    // Chapters in the order in which the theory builds them; folders of other names follow in the order of the alphabet.
    let private order =
        [ "Foundations"
          "Devices"
          "Pulses"
          "Measurements"
          "Problems"
          "Rules"
          "Dynamics"
          "Statements"
          "ExactLaws"
          "Checking"
          "Theorems"
          "Reports"
          "Experiments" ]

    // The façade lies in one folder: what its types are about, by the beginnings of their names, first match first.
    let private facade =
        [ "Measurements", "Measured|DeviceFit|PulseSeries|PulseTrace|PulseStep|Fit|Residual|Distinction|LackOfFit"
          "Devices", "Device|Pulsed|PulseRounding|CycleNoise|ShiftingSigns|ZeroShift|ResponseNode|UpDown|FloorRatio"
          "Problems", "Problem|Noise|Objective|RawNumbers|VectorNoise|CoordinateNoise|Gradient|SampleGradient|LeastSquares|MiniBatch"
          "Rules", "Rule|Memory|State|TwoArray|Step|WeightPair"
          "Theorems",
          "Claim|Assumption|Hypothesis|Failed|Instance|Verdict|Violation|Check|Comparison|Sampled|LowerBound|Margin|Report|Solver|Evidence|Necess"
          "Dynamics", "Simulation|Ensemble|Estimate|MeanField|Measure|Replica|Snapshot|Engine|Batch|Run|Progress"
          "Tiles", "Tile|Array|Periphery|Converter|Algorithm|Preset|Network|Layer|Training" ]

    let private declaration =
        Regex(
            @"^\s*(?:\[<.*>\]\s*)*(?:public\s+)?(?:(?:sealed|static|abstract|readonly|partial|private|internal|ref|and)\s+)*(?:type|and|module|class|record(?:\s+struct)?|struct|interface|enum|delegate\s+\S+)\s+(?:(?:private|internal|rec)\s+)?([A-Za-z][A-Za-z0-9_]*)",
            RegexOptions.Multiline
        )

    /// Names of types, with the folder below the project in which they are declared.
    let private declared (project: string) : (string * string) list =
        if not (Directory.Exists project) then
            []
        else
            [ for path in Directory.GetFiles(project, "*.?s", SearchOption.AllDirectories) do
                  let folders = Path.GetRelativePath(project, path).Split(Path.DirectorySeparatorChar)

                  if folders.Length > 1 && folders[0] <> "obj" && folders[0] <> "bin" then
                      for found in declaration.Matches(File.ReadAllText path) do
                          found.Groups[1].Value, folders[0] ]

    // The type that an XML name is about, without namespace, arity and what is nested in it.
    let private typeName (assembly: string) (name: string) : string =
        let short =
            if name.StartsWith(assembly + ".", StringComparison.Ordinal) then
                name.Substring(assembly.Length + 1)
            else
                name

        short.Split('.', '`', '+')[0]

    let private chapterOf (assembly: string) (folders: Map<string, string>) (name: string) : string option =
        let short = typeName assembly name

        if assembly.EndsWith(".CSharp", StringComparison.Ordinal) then
            facade |> List.tryFind (fun (_, names) -> Regex.IsMatch(short, $"^I?({names})")) |> Option.map fst
        elif assembly.EndsWith(".Experiments", StringComparison.Ordinal) then
            Some "Experiments" // a project of one folder, in the core's namespace
        else
            let bare =
                if short.EndsWith("Module", StringComparison.Ordinal) then
                    short.Substring(0, short.Length - 6)
                else
                    short

            Map.tryFind short folders |> Option.orElse (Map.tryFind bare folders)

    let private place (chapter: string) = List.tryFindIndex ((=) chapter) order |> Option.defaultValue order.Length

    /// <summary>Writes a copy of an assembly's XML comments with the chapter of each type.</summary>
    /// <param name="sources">Folder of the projects, src.</param>
    /// <param name="xml">XML comments.</param>
    /// <param name="copy">Where the copy goes.</param>
    let write (sources: string) (xml: string) (copy: string) =
        let document = XDocument.Load xml
        let assembly = document.Descendants(XName.Get "assembly") |> Seq.head
        let name = (assembly.Element(XName.Get "name") |> there "the assembly's name").Value
        let folders = declared (Path.Combine(sources, name)) |> List.distinctBy fst |> Map.ofList

        for item in document.Descendants(XName.Get "member") do
            let id = (item.Attribute(XName.Get "name") |> there "a member's name").Value

            if id.StartsWith("T:", StringComparison.Ordinal) then
                match chapterOf name folders (id.Substring 2) with
                | Some chapter -> item.Add(XElement(XName.Get "category", XAttribute(XName.Get "index", place chapter), chapter))
                | None -> ()

        document.Save copy
