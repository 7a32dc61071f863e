/// A folder that one process at a time writes to.
namespace AnalogTheory.Runs

open System
open System.IO

/// <summary>Another process writes to a folder.</summary>
type FolderInUseException
    /// <summary>Says which folder.</summary>
    /// <param name="message">A sentence that names the folder.</param>
    (message: string) =
    inherit IOException(message)

/// <summary>The right to write to a folder, until it is disposed of or the process ends, however it ends.</summary>
/// <remarks>
/// The operating system holds the lock, on a small file inside, so that a killed process leaves none. Who frees the folder deletes the file;
/// who takes it therefore makes sure that the file that it holds is the one that stands there, by a time that it gives it.
/// </remarks>
[<Sealed>]
type FolderLock private (folder: string, stream: FileStream, isNew: bool) =

    static let fileName = ".analog-theory.lock"

    static let path folder = Path.Combine(folder, fileName)

    // What systems say of a file that another process holds: EWOULDBLOCK on Linux and on macOS, a sharing violation on Windows.
    static let isHeld (refused: IOException) = List.contains refused.HResult [ 11; 35; int 0x80070020u ]

    static let stands folder (stream: FileStream) =
        let own = DateTime.UnixEpoch.AddMilliseconds(float (Random.Shared.Next()))
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, own)
        File.GetLastWriteTimeUtc(path folder) = own

    // Windows deletes no file that somebody holds, but will delete this one when it is let go.
    static let options = if OperatingSystem.IsWindows() then FileOptions.DeleteOnClose else FileOptions.None

    static let rec take folder attempts =
        let stream = new FileStream(path folder, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, options)

        if stands folder stream then
            stream
        else
            stream.Dispose()

            if attempts > 1 then
                take folder (attempts - 1)
            else
                raise (FolderInUseException $"{folder} is in use by another process that writes to it.")

    /// <summary>Takes a folder, which is made when absent.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="T:AnalogTheory.Runs.FolderInUseException">Another process has it, or another part of this one.</exception>
    /// <exception cref="T:System.IO.IOException">It cannot be made or written; the message names the folder.</exception>
    static member Take(folder: string) : FolderLock =
        let refuse (reason: exn) =
            IOException($"Expected a folder that can be written, got {folder}: {reason.Message.Replace(path folder, folder)}", reason)

        try
            let isNew = not (Directory.Exists folder)
            Directory.CreateDirectory folder |> ignore
            new FolderLock(folder, take folder 20, isNew)
        with
        | :? FolderInUseException -> reraise ()
        | :? IOException as held when isHeld held ->
            raise (FolderInUseException $"{folder} is in use by another process that writes to it.")
        | :? IOException as refused -> raise (refuse refused)
        | :? UnauthorizedAccessException as refused -> raise (refuse refused)

    interface IDisposable with
        /// <summary>Frees the folder; one that was made and then not used goes again.</summary>
        member _.Dispose() =
            try
                File.Delete(path folder)
            with
            | :? IOException
            | :? UnauthorizedAccessException -> ()

            stream.Dispose()

            if isNew then
                try
                    // Refused if anything is in it.
                    Directory.Delete folder
                with
                | :? IOException
                | :? UnauthorizedAccessException -> ()
