import java.util.Scanner;
import java.util.stream.Stream;

class Main {
    record Part(long all, long left, long right, long inner) {
        static Part of(long v) {
            return new Part(v, v, v, v);
        }

        Part plus(Part o) {
            return new Part(
                all + o.all,
                Math.max(left, all + o.left),
                Math.max(o.right, o.all + right),
                Math.max(right + o.left, Math.max(inner, o.inner)));
        }
    }

    static long subarrayMaximum(Stream<Long> numbers) {
        return numbers.map(Part::of).reduce(Part::plus).map(Part::inner).orElse(0L);
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            int howMany = sc.nextInt();
            System.out.println(subarrayMaximum(Stream.generate(sc::nextLong).limit(howMany)));
        }
    }
}
