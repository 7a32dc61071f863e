namespace AnalogTheory.Site

open System.IO

/// <summary>The reference: what fsdocs is given to describe.</summary>
/// <remarks>
/// fsdocs takes projects, and asks each for its assembly. The projects here are stand-ins whose assembly is the one that was built already, beside XML comments
/// that name chapters; nothing is compiled again.
/// </remarks>
[<RequireQualifiedAccess>]
module Reference =

    /// Assemblies in the order of reading.
    let private assemblies =
        [ "AnalogTheory"
          "AnalogTheory.Experiments"
          "AnalogTheory.CSharp"
          "AnalogTheory.Kernels"
          "AnalogTheory.Tiles"
          "AnalogTheory.Training"
          "AnalogTheory.Runs"
          "AnalogTheory.Sweeps"
          "AnalogTheory.Plotting" ]

    let private standIn (lib: string) =
        "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Library</OutputType>"
        + "<GenerateDocumentationFile>true</GenerateDocumentationFile><IsPackable>true</IsPackable>"
        + $"<OutDir>{lib}/</OutDir></PropertyGroup></Project>"

    /// <summary>Makes the stand-ins.</summary>
    /// <param name="sources">Folder of the projects' sources, for the chapters.</param>
    /// <param name="built">Folder of the assemblies and their XML comments.</param>
    /// <param name="work">Folder to work in.</param>
    /// <returns>Paths of the projects.</returns>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">An assembly has no comments, or a stand-in cannot be restored.</exception>
    let prepare (sources: string) (built: string) (work: string) : string list =
        let lib = Path.Combine(work, "lib")
        Directory.CreateDirectory lib |> ignore

        for path in Directory.GetFiles(built, "*.dll") do
            File.Copy(path, Path.Combine(lib, fileOf path), overwrite = true)

        for stop in [ "Directory.Build.props"; "Directory.Build.targets"; "Directory.Packages.props" ] do
            File.WriteAllText(Path.Combine(work, stop), "<Project/>")

        [ for name in assemblies do
              let xml = Path.Combine(built, name + ".xml")

              if not (File.Exists xml) then
                  raise (SiteBroken [ { Where = name; What = $"Expected its XML comments at {xml}." } ])

              Chapters.write sources xml (Path.Combine(lib, name + ".xml"))
              let folder = Path.Combine(work, name)
              Directory.CreateDirectory folder |> ignore
              let project = Path.Combine(folder, name + ".csproj")
              File.WriteAllText(project, standIn lib)
              let restored = Child.run folder "dotnet" [ "restore"; project; "-nologo"; "-v"; "q"; "-tl:off" ]

              if restored.Code <> 0 then
                  raise (SiteBroken [ { Where = name; What = restored.Output + restored.Errors } ])

              project ]
