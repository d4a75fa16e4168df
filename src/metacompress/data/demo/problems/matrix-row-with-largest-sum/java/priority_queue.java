import java.util.PriorityQueue;
import java.util.Scanner;

class Main
{
    static final class Row implements Comparable<Row>
    {
        final int number;
        long total;

        Row(int number)
        {
            this.number = number;
        }

        @Override
        public int compareTo(Row other)
        {
            int order = Long.compare(other.total, total);
            return order != 0 ? order : Integer.compare(number, other.number);
        }
    }

    public static void main(String[] args)
    {
        Scanner in = new Scanner(System.in);
        int height = in.nextInt(), width = in.nextInt();

        PriorityQueue<Row> ranking = new PriorityQueue<>();
        while (ranking.size() < height) {
            Row row = new Row(ranking.size());
            for (int k = 0; k < width; k++)
                row.total += in.nextLong();
            ranking.add(row);
        }
        System.out.println(ranking.peek().number);
    }
}
