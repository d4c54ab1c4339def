import { describe, expect, test, vi } from 'vitest';
import { Link, SignInRequiredError, type LinkUser } from '../../src/index.js';
import { ManualClock, ScriptedNetwork, settle } from '../scripted.js';

function setUp() {
  const clock = new ManualClock();
  const network = new ScriptedNetwork();
  const link = new Link({ connect: network.connect, clock, backoff: { initial: 100, longest: 1000 } });
  return { clock, network, link, user: { connected: vi.fn<LinkUser['connected']>(), disconnected: vi.fn<LinkUser['disconnected']>() } };
}

describe('The link', () => {
  test('Connects when it is first used, and not before', async () => {
    const { network, link, user } = setUp();
    await settle();
    expect(network.attempts).toBe(0);
    link.use(user);
    await settle();
    expect(link.getStatus()).toBe('connected');
    expect(user.connected).toHaveBeenCalledExactlyOnceWith(network.current);
  });

  test('Waits longer after each failure, up to a limit, with jitter', async () => {
    const { clock, network, link, user } = setUp();
    network.down = new Error('down');
    link.use(user);
    await clock.advance(5_000);
    // Half of the delay is fixed and half is random; the clock's random number is always a half.
    expect(clock.delays.slice(0, 6)).toEqual([75, 150, 300, 600, 750, 750]);
  });

  test('Restarts its users on a new connection after a loss', async () => {
    const { clock, network, link, user } = setUp();
    link.use(user);
    await settle();
    network.current.drop();
    expect(user.disconnected).toHaveBeenCalledOnce();
    expect(link.getStatus()).toBe('waiting');
    await clock.advance(100);
    expect(network.connections).toHaveLength(2);
    expect(user.connected).toHaveBeenLastCalledWith(network.current);
  });

  test('Connections that break at once are retried ever more slowly; one that lasted starts afresh', async () => {
    const { clock, network, link, user } = setUp();
    link.use(user);
    await settle();
    network.current.drop();
    await clock.advance(75);
    network.current.drop();
    expect(clock.delays).toEqual([75, 150]);
    await clock.advance(150 + 5_000);
    network.current.drop();
    expect(clock.delays).toEqual([75, 150, 75]);
  });

  test('Does not wait when it is told that the network is back', async () => {
    const { network, link, user } = setUp();
    network.down = new Error('down');
    link.use(user);
    await settle();
    network.down = null;
    link.retryNow();
    await settle();
    expect(link.getStatus()).toBe('connected');
  });

  test('Stops when the user has to sign in, and goes on when told to', async () => {
    const { clock, network, link, user } = setUp();
    network.down = new SignInRequiredError('no');
    link.use(user);
    await clock.advance(60_000);
    expect(link.getStatus()).toBe('signed-out');
    expect(network.attempts).toBe(1);
    network.down = null;
    link.retryNow();
    await settle();
    expect(link.getStatus()).toBe('connected');
  });

  test('Once closed it drops its connection and never connects again', async () => {
    const { clock, network, link, user } = setUp();
    link.use(user);
    await settle();
    await link.close();
    await clock.advance(60_000);
    expect(user.disconnected).toHaveBeenCalledOnce();
    expect(network.attempts).toBe(1);
    expect(() => link.use(user)).toThrow();
  });
});
