/// The ledger as programs read it: JSON, every verdict with its numbers.
namespace AnalogTheory.Proofs

open System
open System.Globalization
open System.IO
open System.Text
open System.Text.Encodings.Web
open System.Text.Json
open AnalogTheory

/// Writing ledgers as JSON.
[<RequireQualifiedAccess>]
module LedgerJson =

    /// The ledger as JSON, with every verdict.
    let toJson (settings: LedgerSettings) (rows: LedgerRow list) : string =
        use stream = new MemoryStream()

        do
            let options = JsonWriterOptions(Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
            use json = new Utf8JsonWriter(stream, options)

            // JSON has no NaN and no infinity; six digits are what the mathematical functions of every platform agree on.
            let float' (name: string) (value: float) =
                if Double.IsFinite value then
                    json.WritePropertyName name
                    json.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture))
                else
                    json.WriteString(name, string value)

            let comparison (c: Comparison) =
                float' "measured" c.Measured
                float' "bound" c.Bound
                float' "margin" c.Margin

            json.WriteStartObject()
            json.WriteNumber("seed", settings.Seed)
            json.WriteNumber("delta", settings.Delta)
            json.WriteNumber("samples", settings.Samples)
            json.WriteString("solver", LedgerText.solverName settings)
            json.WriteStartArray "claims"

            for row in rows do
                json.WriteStartObject()
                json.WriteString("id", row.Theorem.Id)
                json.WriteString("variant", row.Theorem.Variant)
                json.WriteString("source", string row.Theorem.Source)
                json.WriteString("statement", row.Theorem.Statement)
                json.WriteStartArray "verdicts"

                for instance, verdict in row.Verdicts do
                    json.WriteStartObject()
                    json.WriteString("instance", instance)
                    json.WriteString("verdict", verdict.Name)

                    match verdict with
                    | Exact c
                    | Evaluated c
                    | Refuted(_, c) -> comparison c
                    | SeenAtPoints(c, points) ->
                        comparison c
                        json.WriteNumber("points", points)
                    | Computed(c, error) ->
                        comparison c
                        float' "error" error
                    | Supported evidence
                    | RefutedAtConfidence evidence ->
                        float' "lower" evidence.Lower
                        float' "upper" evidence.Upper
                        json.WriteNumber("replicas", evidence.Samples)
                        float' "delta" evidence.Delta
                    | Proved query -> json.WriteString("query", query)
                    | Vacuous _
                    | Undecided _ -> ()

                    LedgerText.remark verdict |> Option.iter (fun words -> json.WriteString("remark", words))
                    json.WriteEndObject()

                json.WriteEndArray()
                json.WriteStartArray "necessity"

                for hypothesis, dropped in row.Necessity do
                    json.WriteStartObject()
                    json.WriteString("hypothesis", hypothesis)

                    match dropped with
                    | Dropped.Needed(inputs, c) ->
                        json.WriteString("violation", inputs)
                        comparison c
                    | NotNeeded -> json.WriteString("violation", "none: proved without it")
                    | NoneFound -> json.WriteString("violation", "none found")
                    | Unsettled reason -> json.WriteString("violation", "open: " + reason)

                    json.WriteEndObject()

                json.WriteEndArray()
                json.WriteEndObject()

            json.WriteEndArray()
            json.WriteEndObject()

        Encoding.UTF8.GetString(stream.ToArray()) + "\n"
