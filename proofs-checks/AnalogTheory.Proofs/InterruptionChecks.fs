/// A ledger whose program is killed again and again is the ledger of one run, byte for byte.
module AnalogTheory.Proofs.InterruptionChecks

open System
open System.Diagnostics
open System.Globalization
open System.IO
open System.Reflection
open System.Threading
open Expecto
open AnalogTheory

// ANALOG_THEORY_KILLS makes it the whole ledger, killed so many times.
let private kills, private claims =
    match Int32.TryParse(Environment.GetEnvironmentVariable "ANALOG_THEORY_KILLS", NumberStyles.None, CultureInfo.InvariantCulture) with
    | true, kills -> kills, []
    | _ -> 2, [ "D1"; "S4"; "L1"; "T1" ]

let private start (folder: string) : Process =
    let words = [ "--verify"; "--out"; folder ] @ claims

    ProcessStartInfo("dotnet", Assembly.GetExecutingAssembly().Location :: words, RedirectStandardOutput = true)
    |> Process.Start
    |> Option.ofObj
    |> Option.get

let private toItsEnd (folder: string) : unit =
    use running = start folder
    running.StandardOutput.ReadToEnd() |> ignore
    running.WaitForExit()
    Expect.equal running.ExitCode 0 "exit code"

let private kept (folder: string) : int64 =
    let parts = FileInfo(Path.Combine(folder, "ledger.parts"))
    if parts.Exists then parts.Length else 0L

// Whether the program was killed, some time after it had settled a claim more, before it ended.
let private isKilled (random: Random) (folder: string) : bool =
    use running = start folder
    running.OutputDataReceived.Add ignore
    running.BeginOutputReadLine()
    let before = kept folder

    while kept folder <= before && not running.HasExited do
        Thread.Sleep 1

    Thread.Sleep(random.Next 60)
    running.Kill()
    running.WaitForExit()
    running.ExitCode <> 0

let private inFolders (test: string -> string -> unit) : unit =
    let undisturbed, killed =
        Directory.CreateTempSubdirectory("ledger-").FullName, Directory.CreateTempSubdirectory("ledger-").FullName

    try
        test undisturbed killed
    finally
        Directory.Delete(undisturbed, true)
        Directory.Delete(killed, true)

let tests =
    testList
        "interruption"
        [ test "a ledger that is killed goes on to the same bytes, and nothing else is left" {
              inFolders (fun undisturbed killed ->
                  toItsEnd undisturbed
                  let random = Random 20240618
                  let count = Seq.init kills (fun _ -> isKilled random killed) |> Seq.takeWhile id |> Seq.length
                  printfn $"killed {count} times"
                  Expect.isGreaterThan count 0 "kills before the end"
                  toItsEnd killed
                  let names (folder: string) = Directory.GetFileSystemEntries folder |> Array.map Path.GetFileName |> Array.sort
                  Expect.equal (names killed) [| "README.md"; "ledger.json" |] "files"

                  for name in names undisturbed do
                      let bytes (folder: string) = File.ReadAllBytes(Path.Combine(folder, string name))
                      Expect.isTrue (bytes undisturbed = bytes killed) $"{name} differs")
          }

          test "a row that was kept is the row that was settled, to the bit, whatever its verdict" {
              inFolders (fun folder _ ->
                  let settings = { Verify.settings Verify.seed with Samples = 64L; Solver = None }
                  let comparison: Comparison = { Measured = 0.1; Bound = nan; Margin = -0.0 }

                  let failed =
                      { FailedHypothesis.onInstance "A3′" Double.NegativeInfinity with
                          Replicas = Some(1L, 3L)
                          Note = "seen" }

                  let evidence =
                      { Lower = 1e-300
                        Upper = infinity
                        Samples = 1L <<< 60
                        Delta = 1e-6
                        IsAsymptotic = true }

                  let row: LedgerRow =
                      { Theorem = Registry.all.Head
                        Verdicts =
                          [ "proved", Proved "(assert true)\n"
                            "exact", Exact comparison
                            "evaluated", Evaluated comparison
                            "points", SeenAtPoints(comparison, 4097)
                            "computed", Computed(comparison, Double.Epsilon)
                            "supported", Supported evidence
                            "against", RefutedAtConfidence { evidence with IsAsymptotic = false }
                            "refuted", Refuted("w = 1/3", comparison)
                            "vacuous", Vacuous [ failed; FailedHypothesis.onInstance "α ≤ 1/L" -0.5 ]
                            "undecided", Undecided "why" ]
                        Necessity = [ "a", Dropped.Needed("x = 1", comparison); "b", NotNeeded; "c", NoneFound; "d", Unsettled "?" ]
                        Watched = [ "instance", "|w| ≤ τ" ] }

                  do
                      use now = SettledClaims.In(folder, settings)
                      now.Add row

                  use later = SettledClaims.In(folder, settings)
                  let read = later.TryFind row.Theorem |> Option.get
                  // As text, since NaN is not equal to itself; R keeps every bit.
                  let shown (row: LedgerRow) = sprintf "%A" (row.Verdicts, row.Necessity, row.Watched)
                  Expect.equal (shown read) (shown row) "the row"
                  use others = SettledClaims.In(folder, { settings with Seed = 7UL })
                  Expect.equal others.Count 0 "rows of another seed")
          } ]
