using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Actors.TestKit.Server;

/// <summary>Asks a process to end, which the base class library cannot do without killing it.</summary>
internal static class ProcessSignal
{
    private const int SigTerm = 15;

    public static void Terminate(int processId)
    {
        if (kill(processId, SigTerm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
