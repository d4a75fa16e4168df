import java.util.Scanner;
import java.util.stream.IntStream;

class Main
{
    private static long smallerAfter(int[] row, int from)
    {
        return IntStream.range(from + 1, row.length)
            .filter(later -> row[later] < row[from])
            .count();
    }

    private static long countInversions(int[] row)
    {
        return IntStream.range(0, row.length)
            .mapToLong(position -> smallerAfter(row, position))
            .sum();
    }

    public static void main(String[] args)
    {
        try (Scanner source = new Scanner(System.in))
        {
            int size = source.nextInt();
            int[] row = IntStream.generate(source::nextInt).limit(size).toArray();
            System.out.println(countInversions(row));
        }
    }
}
