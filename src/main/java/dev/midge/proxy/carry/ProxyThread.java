package dev.midge.proxy.carry;

/**
 * The threads of the proxy: daemons, with small stacks, for there may be thousands. A TLS handshake
 * takes the most of a stack.
 */
public final class ProxyThread {
  private static final long STACK = 256 * 1024;

  private ProxyThread() {}

  /** Starts one. */
  public static Thread start(String name, Runnable task) {
    Thread thread = new Thread(null, task, "midge proxy " + name, STACK);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
