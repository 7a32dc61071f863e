using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AnalogTheory.Browser;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>An explorer of two tables, made once, and a browser that opens it.</summary>
public sealed class ExplorerPage : IAsyncLifetime
{
    private readonly Shell _shell = new();
    private Chromium? _browser;

    /// <summary>What a reader sees below titles: pictures, their tables and words.</summary>
    internal const string Shown = """
        (() => {
          const by = (id) => document.getElementById(id);
          const picture = (id) => [by(id).layout.xaxis.type, by(id).layout.yaxis.type, by(id).layout.shapes, by(id).data.map((trace) => [trace.x, trace.y, trace.z, trace.line])];
          return by('map-part').hidden + ['map-values', 'cut-values', 'map-held', 'cut-held'].map((id) => by(id).textContent).join('|') + JSON.stringify(['map', 'cut'].map(picture));
        })()
        """;

    /// <summary>What the controls have.</summary>
    internal const string Chosen =
        "[...document.querySelectorAll('#controls select, #controls input:not(#address)')].map((one) => one.id + '=' + (one.type === 'checkbox' ? one.checked : one.value)).join(' ')";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Chromium.Program is null)
        {
            return;
        }

        _shell.Write("floors.csv", Table(["Digital SGD", "Analog SGD", "Tiki-Taka"], "tau"));
        _shell.Write("rates.csv", Table(["coarse", "fine"], "rate"));
        Outcome made = await _shell.Run("explore", "floors.csv", "rates.csv", "--title", "Floors", "--out", "explorer.html");
        Assert.Equal((0, ""), (made.Code, made.Error));
        _browser = await Chromium.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _shell.Dispose();
    }

    /// <summary>Opens the page, and waits until it is drawn; skips the test where there is no browser.</summary>
    internal async Task<SeenPage> OpenAsync(int width = 1280, string hash = "")
    {
        Assert.SkipWhen(_browser is null, Chromium.Absent);
        SeenPage page = await _browser!.OpenAsync(Path.Combine(_shell.Folder, "explorer.html"), width, hash);
        await page.WaitAsync("document.documentElement.dataset.ready === 'true'");
        return page;
    }

    // Two measures over a word and two scales, with a bound for one of the words.
    private static string Table(string[] words, string scale)
    {
        StringBuilder text = new($"algorithm,{scale},sigma,measure,mean,standard_error,replicas,bound\n");
        foreach ((string word, int k) in words.Select((word, k) => (word, k)))
        {
            foreach (double radius in new[] { 0.5, 1.0, 2.0, 4.0 })
            {
                foreach (double sigma in new[] { 0.1, 0.2, 0.4 })
                {
                    double floor = sigma * sigma / radius / (k + 1);
                    foreach ((string measure, double value) in new[] { ("floor", floor), ("distance", Math.Sqrt(floor)) })
                    {
                        string bound = k == 1 ? string.Create(CultureInfo.InvariantCulture, $"{1.5 * value:R}") : "";
                        text.Append(
                            CultureInfo.InvariantCulture,
                            $"{word},{radius:R},{sigma:R},{measure},{value:R},{value / 50:R},100,{bound}\n"
                        );
                    }
                }
            }
        }

        return text.ToString();
    }
}
