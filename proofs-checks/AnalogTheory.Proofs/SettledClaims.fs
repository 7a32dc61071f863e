namespace AnalogTheory.Proofs

open System
open System.IO
open System.Reflection
open System.Text.Json
open System.Text.Json.Serialization
open AnalogTheory
open AnalogTheory.Runs

/// What a ledger's row holds beside its claim, which the registry has.
[<NoEquality; NoComparison>]
type private Settled =
    { Id: string
      Verdicts: (string * Verdict) list
      Necessity: (string * Dropped) list
      Watched: (string * string) list }

/// <summary>The rows of a ledger that are finished, kept until the whole ledger stands: a `verify` that was stopped or killed goes on.</summary>
/// <remarks>Rows of another build, seed, δ, budget or solver are not those of this ledger: they give way without a word.</remarks>
[<Sealed>]
type SettledClaims private (parts: PartsFile, before: Map<string, Settled>) =

    static let fileName = "ledger.parts"

    // Numbers keep every bit, also those that JSON has no number for.
    static let options =
        let options = JsonSerializerOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)
        options.Converters.Add(JsonFSharpConverter())
        options

    static let fingerprint (settings: LedgerSettings) =
        let inputs =
            [ "seed", string settings.Seed
              "delta", string (BitConverter.DoubleToInt64Bits settings.Delta)
              "samples", string settings.Samples
              "solver", LedgerText.solverName settings ]

        let code =
            Fingerprint.ofAssemblies
                [ Assembly.GetExecutingAssembly(); typeof<Verdict>.Assembly; typeof<Kernels.Ensembles.EnsemblePlan>.Assembly ]

        Fingerprint.ofInputs "ledger" inputs "" code

    /// <summary>The rows that an earlier `verify` left in the ledger's folder.</summary>
    /// <param name="folder">Folder of the ledger, which exists and which this process alone writes to.</param>
    /// <param name="settings">What the ledger is made with.</param>
    static member In(folder: string, settings: LedgerSettings) : SettledClaims =
        let parts = new PartsFile(Path.Combine(folder, fileName), fingerprint settings)

        let found =
            try
                List.ofSeq (parts.Load())
            with :? OtherRunException ->
                parts.Clear()
                []

        let read (part: byte[]) : string * Settled =
            match JsonSerializer.Deserialize<Settled>(ReadOnlySpan<byte> part, options) with
            | null -> raise (InvalidDataException $"Expected a row of a ledger in {parts.Path}, found none.")
            | settled -> settled.Id, settled

        new SettledClaims(parts, found |> List.map read |> Map.ofList)

    /// How many claims were settled before.
    member _.Count: int = before.Count

    /// <summary>The row of a claim that was settled before.</summary>
    /// <param name="theorem">The claim.</param>
    member _.TryFind(theorem: ITheorem) : LedgerRow option =
        before
        |> Map.tryFind theorem.Id
        |> Option.map (fun settled ->
            { Theorem = theorem
              Verdicts = settled.Verdicts
              Necessity = settled.Necessity
              Watched = settled.Watched })

    /// <summary>Keeps a row that was settled now.</summary>
    /// <param name="row">The row.</param>
    member _.Add(row: LedgerRow) : unit =
        let settled =
            { Id = row.Theorem.Id
              Verdicts = row.Verdicts
              Necessity = row.Necessity
              Watched = row.Watched }

        parts.Add(JsonSerializer.SerializeToUtf8Bytes(settled, options))

    /// Removes what was kept, once the ledger stands.
    member _.Clear() : unit = parts.Clear()

    interface IDisposable with
        member _.Dispose() = (parts :> IDisposable).Dispose()
