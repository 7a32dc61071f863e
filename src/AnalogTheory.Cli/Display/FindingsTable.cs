using System.Linq;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>What a device is found to keep: demands on a response and claims D1 to D9.</summary>
internal static class FindingsTable
{
    /// <summary>Writes a row a finding.</summary>
    internal static void Show(IAnsiConsole ansi, DeviceReport report)
    {
        Table findings = Tables
            .Bare()
            .AddColumn(Tables.Words("claim").NoWrap())
            .AddColumn(Tables.Words("verdict").NoWrap())
            .AddColumn(Tables.Words("statement"));
        foreach (DeviceFinding finding in report.Demands.Concat(report.Claims))
        {
            string colour =
                finding.Verdict.IsAgainst ? "red"
                : finding.Verdict.IsFor ? "green"
                : "grey";
            findings.AddRow(
                Tables.Cell(finding.Id),
                $"[{colour}]{Tables.Cell(finding.Verdict.Name)}[/]",
                Tables.Cell(finding.Remark.Length == 0 ? finding.Statement : $"{finding.Statement}; {finding.Remark}")
            );
        }

        ansi.Write(findings);
    }

    /// <summary>A finding for a document.</summary>
    internal static object Document(DeviceFinding finding) =>
        new
        {
            finding.Id,
            finding.Statement,
            Verdict = finding.Verdict.ToString(),
            finding.Verdict.IsAgainst,
            finding.Remark,
        };
}
