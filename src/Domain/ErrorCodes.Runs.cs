namespace Actors.Domain;

public static partial class ErrorCodes
{
    // Runs
    public const string RunNotAProcess = "run.not_a_process";
    public const string RunEmpty = "run.empty";
    public const string RunInputUnconnected = "run.input_unconnected";
    public const string RunCycle = "run.cycle";
    public const string RunRendezvousCycle = "run.rendezvous_cycle";
    public const string RunDeadlocked = "run.deadlocked";
    public const string RunInterrupted = "run.interrupted";
    public const string RunComponentUnavailable = "run.component_unavailable";
    public const string RunState = "run.state";
    public const string RunNotRecorded = "run.not_recorded";
    public const string RunReplayDiverged = "run.replay_diverged";
    public const string RunNodeUnknown = "run.node_unknown";
    public const string RunInputUnknown = "run.input_unknown";
    public const string RunAnswerForbidden = "run.answer_forbidden";
    public const string RunWaitUnknown = "run.wait_unknown";
    public const string RunInputMissing = "run_input_missing";
    public const string RunFailed = "run_failed";
    public const string ComponentDisabled = "component_disabled";
    public const string ComponentVersionChanged = "component_version_changed";
    public const string ComponentFailed = "component_failed";
    public const string ComponentServiceMissing = "component_service_missing";
    public const string ComponentTimedOut = "component_timed_out";
    public const string EffectInDoubt = "effect_in_doubt";
}
