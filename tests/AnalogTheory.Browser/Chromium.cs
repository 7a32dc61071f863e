using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PuppeteerSharp;

namespace AnalogTheory.Browser;

/// <summary>A headless Chromium with a profile of its own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly IBrowser _browser;

    private Chromium(IBrowser browser) => _browser = browser;

    /// <summary>Why a test of pages is skipped where <see cref="Program"/> is null.</summary>
    public static string Absent => "There is no chromium here.";

    /// <summary>The browser on the path, or null.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static async Task<Chromium> StartAsync() =>
        new(
            await Puppeteer.LaunchAsync(
                new LaunchOptions
                {
                    ExecutablePath = Program ?? throw new InvalidOperationException(Absent),
                    Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                }
            )
        );

    /// <summary>Opens a file as a page.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="width">Width of the window in CSS pixels.</param>
    /// <param name="hash">What the address ends with, such as <c>#x=1</c>.</param>
    /// <param name="isDark">Whether the reader prefers dark pages.</param>
    public async Task<SeenPage> OpenAsync(string path, int width = 1280, string hash = "", bool isDark = false)
    {
        SeenPage page = new(await _browser.NewPageAsync());
        await page.GoAsync(new Uri(Path.GetFullPath(path)).AbsoluteUri + hash, width, isDark);
        return page;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _browser.DisposeAsync();
}
