/// Folders and files for tests.
module AnalogTheory.Site.Tests.Folders

open System
open System.IO

/// The repository that the tests were built in.
let repository =
    let rec up (folder: DirectoryInfo | null) =
        match folder with
        | null -> failwith "Expected to run inside the repository."
        | folder when File.Exists(Path.Combine(folder.FullName, "AnalogTheory.sln")) -> folder.FullName
        | folder -> up folder.Parent

    up (DirectoryInfo AppContext.BaseDirectory)

/// Work in a folder of its own, which is gone afterwards.
let inFolder (work: string -> 'T) : 'T =
    let folder = Directory.CreateTempSubdirectory "analog-theory-site-"

    try
        work folder.FullName
    finally
        folder.Delete(recursive = true)

/// Writes a file, and its folder.
let write (folder: string) (name: string) (content: string) =
    let path = Path.Combine(folder, name)

    match Path.GetDirectoryName path with
    | null -> ()
    | parent -> Directory.CreateDirectory parent |> ignore

    File.WriteAllText(path, content)
