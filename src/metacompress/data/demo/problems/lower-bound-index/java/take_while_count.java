import java.util.Scanner;
import java.util.stream.LongStream;

class Main {
    private static long lowerBoundPosition(long[] ordered, long threshold) {
        return LongStream.of(ordered).takeWhile(x -> x < threshold).count();
    }

    public static void main(String[] args) {
        try (Scanner in = new Scanner(System.in)) {
            int length = in.nextInt();
            long[] ordered = LongStream.generate(in::nextLong).limit(length).toArray();
            long threshold = in.nextLong();
            System.out.println(lowerBoundPosition(ordered, threshold));
        }
    }
}
