package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.NativeLibrary;
import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.config.NativeConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Owner of one {@code rd_kafka_t}: its event loop, its gate, and everything that has to be released
 * before it.
 *
 * <p>Every use of {@link #segment} stands between {@link #enter} and {@link #exit}, but for those
 * on the event loop's thread, which destruction waits for anyway.
 */
public final class NativeClient {
  /** Adds callbacks to a configuration; the arena lives until the client has been destroyed. */
  @FunctionalInterface
  public interface Customizer {
    Customizer NONE = (conf, arena) -> {};

    void customize(MemorySegment conf, Arena arena);
  }

  private final MemorySegment client;
  private final String clientId;
  private final Arena arena;
  private final Set<String> acceptedKeys;
  private final Gate gate = new Gate();
  private final List<Gate> gates = new CopyOnWriteArrayList<>(List.of(gate));
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final NativeQueue main;
  private final EventLoop loop;
  private final Login login;
  private volatile Thread reaper;

  private NativeClient(
      MemorySegment client,
      String clientId,
      String threadName,
      Arena arena,
      EventHandler handler,
      Login login,
      Set<String> acceptedKeys) {
    this.login = login;
    this.acceptedKeys = Set.copyOf(acceptedKeys);
    this.client = client;
    this.clientId = clientId;
    this.arena = arena;
    LiveObjects.created();
    rd_kafka_set_log_queue(client, MemorySegment.NULL);
    this.main = own(new NativeQueue(rd_kafka_queue_get_main(client)));
    this.loop = new EventLoop(threadName, main, handler, new LogForwarder(clientId), login);
  }

  /**
   * Makes a client and starts its event loop, and its login if it has one.
   *
   * @param config its sources belong to the client from now on: they are closed with it, and also
   *     when this fails
   * @param type {@code RD_KAFKA_PRODUCER} or {@code RD_KAFKA_CONSUMER}
   * @param events the mask of events that {@code handler} wants
   */
  public static NativeClient open(
      int type,
      NativeConfig config,
      int events,
      Customizer customizer,
      EventHandler handler,
      String clientId,
      String threadName) {
    try {
      loadLibrary();
      Login login = Login.of(config, clientId);
      NativeClient client =
          create(type, config, events, customizer, handler, login, clientId, threadName);
      client.start();
      return client;
    } catch (Throwable failure) {
      config.closeSources();
      throw failure;
    }
  }

  private static NativeClient create(
      int type,
      NativeConfig config,
      int events,
      Customizer customizer,
      EventHandler handler,
      Login login,
      String clientId,
      String threadName) {
    Arena arena = Arena.ofShared();
    try (NativeConf conf = new NativeConf(config)) {
      rd_kafka_conf_set_events(
          conf.segment(), events | login.events() | RD_KAFKA_EVENT_LOG() | RD_KAFKA_EVENT_ERROR());
      customizer.customize(conf.segment(), arena);
      MemorySegment segment = conf.newClient(type);
      return new NativeClient(
          segment, clientId, threadName, arena, handler, login, conf.acceptedBare());
    } catch (Throwable failure) {
      arena.close();
      throw failure;
    }
  }

  private void start() {
    try {
      loop.start();
      login.start(this);
    } catch (Throwable noThread) {
      gate.close();
      loop.stop();
      login.close();
      try {
        destroy(RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE());
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
      }
      throw noThread;
    }
  }

  /** Loads the native library, unless that has been done; throws what keeps it from loading. */
  public static void loadLibrary() {
    NativeLibrary.load();
    requireNativeAccess();
  }

  /** The bindings may have it and this module not: each is named on the JVM's command line. */
  private static void requireNativeAccess() {
    try {
      MemorySegment.NULL.reinterpret(1);
    } catch (IllegalCallerException e) {
      throw new IllegalStateException(
          "This JVM forbids native access, which librdkafka needs: start it with --enable-native-access=%s,%s"
              .formatted(
                  NativeClient.class.getModule().getName(),
                  NativeLibrary.class.getModule().getName()),
          e);
    }
  }

  public MemorySegment segment() {
    return client;
  }

  /** The user's keys that are no key of Kafka's but, as it turned out, librdkafka's. */
  public Set<String> acceptedKeys() {
    return acceptedKeys;
  }

  /** The queue that the event loop serves; answers to asynchronous calls go there. */
  public NativeQueue mainQueue() {
    return main;
  }

  public EventLoop loop() {
    return loop;
  }

  /** False once closing has begun; after true, {@link #exit} must follow on the same thread. */
  public boolean enter() {
    return gate.enter();
  }

  public void exit() {
    gate.exit();
  }

  /** Enters or throws. */
  public void enterOrThrow() {
    if (!gate.enter()) {
      throw new IllegalStateException("This client has already been closed.");
    }
  }

  /**
   * One more gate, for calls that are to end before others may; its owner closes it, at the latest
   * before this client.
   */
  public Gate newGate() {
    Gate extra = new Gate();
    gates.add(extra);
    return extra;
  }

  /** Hands over a native object that is to be released, last in first out, before the client is. */
  public <T extends AutoCloseable> T own(T resource) {
    synchronized (owned) {
      owned.push(resource);
    }
    return resource;
  }

  /** A new queue, owned by this client. */
  public NativeQueue newQueue() {
    return own(new NativeQueue(rd_kafka_queue_new(client)));
  }

  /** The consumer's queue, owned by this client. */
  public NativeQueue consumerQueue() {
    return own(new NativeQueue(rd_kafka_queue_get_consumer(client)));
  }

  /** The error that made this client unusable, or null. Inside the gate. */
  public NativeError fatalError() {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment text = scratch.allocate(512);
      int code = rd_kafka_fatal_error(client, text, text.byteSize());
      return code == 0 ? null : new NativeError(code, text.getString(0), true, false, false);
    }
  }

  /**
   * Refuses further calls, ends the event loop and destroys the client on a thread of its own.
   *
   * @param destroyFlags {@code RD_KAFKA_DESTROY_F_*}
   * @return whether all of it happened before {@code deadline}; otherwise it goes on in the
   *     background. On the event loop's own thread nothing is waited for.
   */
  public boolean close(Deadline deadline, int destroyFlags) throws InterruptedException {
    if (closing.compareAndSet(false, true)) {
      gate.close();
      loop.stop();
      login.close();
      reaper = Reaper.start(clientId, () -> destroy(destroyFlags));
    }
    return !loop.isCurrentThread() && Reaper.join(reaper, deadline);
  }

  private void destroy(int flags) throws InterruptedException {
    try {
      destroyNatively(flags);
    } finally {
      login.join();
    }
  }

  private void destroyNatively(int flags) throws InterruptedException {
    Deadline patience = Deadline.after(Reaper.PATIENCE);
    for (Gate each : gates) {
      if (!each.awaitEmpty(patience)) {
        throw new IllegalStateException("a call into librdkafka has not returned");
      }
    }
    if (!loop.join(patience)) {
      throw new IllegalStateException("the event loop has not ended");
    }
    synchronized (owned) {
      while (!owned.isEmpty()) {
        Reaper.closeQuietly(owned.pop());
      }
    }
    rd_kafka_destroy_flags(client, flags);
    LiveObjects.destroyed();
    arena.close();
  }
}
