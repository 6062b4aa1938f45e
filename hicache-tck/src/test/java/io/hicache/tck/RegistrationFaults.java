package io.hicache.tck;

import io.hicache.BatchResult;
import io.hicache.CallOptions;
import io.hicache.HiCacheStorage;
import io.hicache.Page;
import io.hicache.Part;
import io.hicache.Region;
import io.hicache.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Storages that lose count of registrations, or trip over them. */
final class RegistrationFaults {
  private static final String TWICE = "regions_registeredTwice_closeOneByOne";
  private static final String NESTED = "regions_nested_closeInAnyOrder";
  private static final String CLOSED_TWICE = "registration_closedTwice_isClosedOnce";

  private RegistrationFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.before("registers no memory twice", RegistersOnce::new, TWICE, NESTED, CLOSED_TWICE),
        Fault.before(
            "ends every registration of a region with the first",
            EndsWithTheFirst::new,
            TWICE,
            NESTED,
            CLOSED_TWICE),
        Fault.before("counts a handle that is closed twice for two", Miscounts::new, CLOSED_TWICE),
        Fault.before(
            "answers with another region",
            AnswersAnother::new,
            "register_memory_answersWithIt",
            "pagesInARegion_comeBackExact",
            "pageHalfInARegion_comesBackExact",
            "pageOfPartsInAndOutOfARegion_comesBackExact",
            "memory_afterItsRegistration_isTheCallersToFree",
            CLOSED_TWICE),
        Fault.before(
            "lets a handle be closed from inside a call",
            ClosesInside::new,
            "registration_closedFromInsideACall_isRefused"),
        Fault.behind(
            "fails a page that is half in a region",
            WantsWholeParts::new,
            "pageHalfInARegion_comesBackExact"));
  }

  /** Keeps the handles that are open; a read fails while registrations are broken. */
  private static class Handles extends Forwarding {
    final List<Handle> open = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    Handles(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Registration register(Region region) {
      Handle handle = new Handle(super.register(region), this);
      open.add(handle);
      return handle;
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      return broken
          ? BatchResult.allFailed(targets.size(), OutcomeFaults.trouble())
          : super.batchGet(targets, options);
    }

    /** Called when a handle is closed, again too. */
    void closed(Handle handle) {
      open.remove(handle);
    }

    void breakIf(boolean wrong) {
      broken = wrong;
    }
  }

  private static class Handle implements Registration {
    final Registration right;
    private final Handles owner;

    Handle(Registration right, Handles owner) {
      this.right = right;
      this.owner = owner;
    }

    @Override
    public Region region() {
      return right.region();
    }

    @Override
    public void close() {
      right.close();
      owner.closed(this);
    }
  }

  private static final class RegistersOnce extends Handles {
    RegistersOnce(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Registration register(Region region) {
      if (open.stream().anyMatch(each -> overlap(each.region(), region))) {
        throw new IllegalArgumentException("registered already");
      }
      return super.register(region);
    }
  }

  private static final class EndsWithTheFirst extends Handles {
    EndsWithTheFirst(HiCacheStorage right) {
      super(right);
    }

    @Override
    void closed(Handle handle) {
      super.closed(handle);
      breakIf(open.stream().anyMatch(each -> overlap(each.region(), handle.region())));
    }
  }

  private static final class Miscounts extends Handles {
    private final AtomicInteger count = new AtomicInteger();

    Miscounts(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Registration register(Region region) {
      count.incrementAndGet();
      return super.register(region);
    }

    @Override
    void closed(Handle handle) {
      super.closed(handle);
      breakIf(count.decrementAndGet() < open.size());
    }
  }

  private static final class AnswersAnother extends Handles {
    AnswersAnother(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Registration register(Region region) {
      return new Handle(super.register(region), this) {
        @Override
        public Region region() {
          return Region.of(((Region.Host) region).memory().asSlice(0, 1));
        }
      };
    }
  }

  private static final class ClosesInside extends Handles {
    ClosesInside(HiCacheStorage right) {
      super(right);
    }

    @Override
    public Registration register(Region region) {
      return new Handle(super.register(region), this) {
        @Override
        public void close() {
          try {
            right.close();
          } catch (IllegalStateException e) {
            /* As if there were nothing to it: that is what is wrong here. */
          }
        }
      };
    }
  }

  private static final class WantsWholeParts extends Handles {
    WantsWholeParts(HiCacheStorage right) {
      super(right);
    }

    @Override
    public BatchResult batchGet(List<Page> targets, CallOptions options) {
      for (Part part : targets.getFirst().parts()) {
        Region memory = Region.of(ReferenceSpace.memory(part));
        for (Handle handle : open) {
          long end = handle.region().address() + handle.region().bytes();
          if (overlap(handle.region(), memory) && memory.address() + memory.bytes() > end) {
            return BatchResult.allFailed(targets.size(), OutcomeFaults.trouble());
          }
        }
      }
      return super.batchGet(targets, options);
    }
  }

  private static boolean overlap(Region one, Region other) {
    return one.address() < other.address() + other.bytes()
        && other.address() < one.address() + one.bytes();
  }
}
