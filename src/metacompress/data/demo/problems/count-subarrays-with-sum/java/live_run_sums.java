import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;

class Main
{
    // sums of all runs that end at the element seen last
    private List<Integer> open = new ArrayList<>();
    private int count = 0;
    private final int target;

    Main(int target)
    {
        this.target = target;
    }

    void accept(int x)
    {
        open.add(0);
        open.replaceAll(sum -> sum + x);
        count += Collections.frequency(open, target);
    }

    public static void main(String[] args)
    {
        Scanner in = new Scanner(System.in);
        List<Integer> items = new ArrayList<>();
        int n = in.nextInt();
        while (items.size() < n)
            items.add(in.nextInt());

        Main counter = new Main(in.nextInt());
        items.forEach(counter::accept);
        System.out.println(counter.count);
    }
}
