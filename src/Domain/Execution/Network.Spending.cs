namespace Actors.Domain.Execution;

/// <summary>What firings ask of models: counted when it is asked, whatever becomes of the firing.</summary>
public sealed partial class Network
{
    /// <summary>A firing has asked a model. What is found recorded is not asked again, and not counted again.</summary>
    public void Spend(Firing firing, ModelSpending spending)
    {
        if (!firing.IsAbandoned)
        {
            Log.Spent(firing.Process, spending);
            _cells[firing.Process].Spending += spending;
        }
    }

    public ModelSpending SpendingOf(int process) => _cells[process].Spending;
}
