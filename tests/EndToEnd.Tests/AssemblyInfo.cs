// Each test owns a server process; two at once would make both slow and tell nothing more.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
