/// What a number was computed on. A fact for the record, never an input of a computation.
namespace AnalogTheory.Runs

open System
open System.IO
open System.Runtime.InteropServices

/// <summary>The machine and runtime of a run.</summary>
type Machine =
    {
        /// Name of the processor, or its architecture where the system does not tell.
        Processor: string
        /// Logical processors that the process may use.
        Cores: int
        /// Operating system, as it describes itself.
        System: string
        /// .NET runtime and its version.
        Runtime: string
    }

/// <summary>Asks the system what it is.</summary>
[<RequireQualifiedAccess>]
module Machine =

    let private processorName () =
        let known = "/proc/cpuinfo"

        let named =
            if File.Exists known then
                File.ReadLines known
                |> Seq.tryFind (fun line -> line.StartsWith("model name", StringComparison.Ordinal))
                |> Option.map (fun line -> line.Substring(line.IndexOf ':' + 1).Trim())
            else
                Environment.GetEnvironmentVariable "PROCESSOR_IDENTIFIER" |> Option.ofObj

        named |> Option.defaultValue (string RuntimeInformation.ProcessArchitecture)

    /// <summary>The machine that this process runs on.</summary>
    let current () =
        { Processor = processorName ()
          Cores = Environment.ProcessorCount
          System = RuntimeInformation.OSDescription
          Runtime = RuntimeInformation.FrameworkDescription }
