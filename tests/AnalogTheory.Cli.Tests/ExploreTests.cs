using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The page that explores tables: what is refused, and what a browser makes of it.</summary>
public class ExploreTests
{
    private const string Look = """
        <script>
        addEventListener('load', () => setTimeout(() => {
          const by = (id) => document.getElementById(id);
          const told = [];
          const shown = () => ['map-values', 'cut-values'].map((id) => by(id).textContent).join('|') + JSON.stringify(['map', 'cut'].map((id) =>
            [by(id).layout.xaxis.type, by(id).layout.yaxis.type, by(id).layout.shapes, by(id).data.map((trace) => [trace.y, trace.z, trace.line])]));
          if (!by('cut-values').textContent.includes('0.005')) told.push('no bound in the table');
          const first = [shown(), location.hash];
          for (const id of ['show', 'x', 'y', 'along', 'by', 'at-algorithm', 'at-tau', 'at-sigma', 'log-x', 'log-y', 'log-value']) {
            const control = by(id);
            const before = shown();
            if (control.type === 'checkbox') control.checked = !control.checked;
            else control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
            control.dispatchEvent(new Event('change'));
            if (shown() === before) told.push(id + ' changes nothing');
            if (!control.closest('label')) told.push(id + ' has no label');
          }
          if (shown() === first[0]) told.push('nothing changed');
          const last = [shown(), location.hash];
          const visit = ([content, hash]) => new Promise((done) => {
            location.hash = hash;
            setTimeout(() => {
              if (shown() !== content) told.push('the address restores another view');
              done();
            }, 300);
          });
          visit(first).then(() => visit(last)).then(() => {
            if (document.documentElement.scrollWidth > innerWidth) told.push('wider than the window');
            document.body.insertAdjacentHTML('beforeend', '<pre id="result">' + told.join('; ') + ' end</pre>');
          });
        }, 1500));
        </script>
        """;

    [Fact]
    public async Task In_a_browser_every_control_changes_what_is_shown_and_an_address_restores_it()
    {
        if (Browser() is not { } program)
        {
            Assert.Skip("There is no chromium here.");
            return;
        }

        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run("explore", "floors.csv", "--out", "floors.html");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        shell.Write("floors.html", shell.Read("floors.html").Replace("</body>", Look + "</body>", StringComparison.Ordinal));
        string dom = await Dom(program, shell, "floors.html");
        int at = dom.LastIndexOf("<pre id=\"result\">", StringComparison.Ordinal);
        Assert.True(at >= 0, "no result");
        Assert.Equal(" end", dom[(at + 17)..].Split("</pre>")[0]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "'mean'")]
    [InlineData("a,mean\n1,2\n2,2\n1,3\n", "one row")]
    [InlineData("a,mean\n1,2\n2,x\n", "record 3")]
    [InlineData("a,mean\n1,2\n", "two values")]
    [InlineData("a,mean\n", "at least one row")]
    public async Task A_table_that_is_none_is_refused_by_name(string text, string why)
    {
        using Shell shell = Samples.Shell();
        shell.Write("bad.csv", text);
        Outcome outcome = await shell.Run("explore", "bad.csv");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("bad.csv", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.False(shell.Has("explorer.html"));
    }

    [Fact]
    public async Task A_file_names_tables_with_titles_and_labels()
    {
        using Shell shell = Samples.Shell();
        shell.Write(
            "explorer.json",
            """{ "title": "Floors", "tables": [{ "file": "floors.csv", "title": "Both algorithms", "labels": { "tau": "*τ*, unit of weight" } }] }"""
        );
        Outcome outcome = await shell.Run("explore", "explorer.json", "--json");
        Assert.Equal("Both algorithms", (string)outcome.Document["tables"]![0]!["title"]!);
        Assert.Contains("unit of weight", shell.Read("explorer.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "title": "Floors", "tables": [] }""", "line 1, tables: Expected at least one table")]
    [InlineData("{\n\"title\": \"Floors\",\n\"table\": []\n}", "line 3, table: Unknown key 'table'. Did you mean 'tables'?")]
    [InlineData("""{ "title": "Floors", "tables": [{ "file": "no.csv" }] }""", "got 'no.csv'")]
    [InlineData(
        "{ \"title\": \"Floors\",\n\"tables\": [{ \"file\": \"floors.csv\",\n\"labels\": { \"taw\": \"τ\" } }] }",
        "line 3, tables[0].labels[\"taw\"]: Expected one of"
    )]
    public async Task A_file_that_names_no_table_is_refused_by_line(string text, string why)
    {
        using Shell shell = Samples.Shell();
        shell.Write("explorer.json", text);
        Outcome outcome = await shell.Run("explore", "explorer.json");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.False(shell.Has("explorer.html"));
    }

    [Fact]
    public async Task Results_of_simulate_are_taken_as_they_are()
    {
        using Shell shell = Samples.Shell();
        await shell.Run("simulate", "experiment.json");
        Outcome outcome = await shell.Run("explore", "experiment/averages.csv", "--json");
        Assert.Equal(6, (int)outcome.Document["tables"]![0]!["rows"]!);
    }

    private static string? Browser() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    private static async Task<string> Dom(string program, Shell shell, string page)
    {
        ProcessStartInfo start = new(
            program,
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                $"--user-data-dir={Path.Combine(shell.Folder, "profile")}",
                "--window-size=1280,900",
                "--virtual-time-budget=20000",
                "--dump-dom",
                new Uri(Path.Combine(shell.Folder, page)).AbsoluteUri,
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process run = Process.Start(start)!;
        Task<string> ignored = run.StandardError.ReadToEndAsync();
        string text = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        await ignored;
        return text;
    }
}
