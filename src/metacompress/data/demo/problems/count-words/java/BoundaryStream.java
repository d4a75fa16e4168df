import java.util.Scanner;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in).useDelimiter("\n");
        // the blank in front gives every word a left neighbour
        String padded = " " + (in.hasNext() ? in.next() : "");

        IntPredicate letterAt = i -> Character.isLetter(padded.charAt(i));
        IntPredicate gapBefore = i -> !letterAt.test(i - 1);

        long starts = IntStream.range(1, padded.length())
                .filter(letterAt.and(gapBefore))
                .count();
        System.out.println(starts);
    }
}
