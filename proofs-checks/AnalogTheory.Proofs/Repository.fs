/// Where the repository lies, found from the program: the compiler's own idea of source paths is rewritten in deterministic builds.
module AnalogTheory.Proofs.Repository

open System
open System.IO

/// The folder that holds the solution, above the program; raises if the program stands elsewhere.
let root: Lazy<string> =
    lazy
        (let rec above (folder: DirectoryInfo | null) =
            match folder with
            | null ->
                raise (DirectoryNotFoundException $"Expected the solution AnalogTheory.sln above {AppContext.BaseDirectory}, found none.")
            | folder when File.Exists(Path.Combine(folder.FullName, "AnalogTheory.sln")) -> folder.FullName
            | folder -> above folder.Parent

         above (DirectoryInfo AppContext.BaseDirectory))
